import { afterEach, describe, expect, it } from 'vitest';
import type { TaskChange } from '#lib/core/proposal.ts';
import { checkSalesforceFields } from './install.ts';
import { ourFields } from './our-fields.ts';
import { startStubOrg, type StubOrg } from './testing/stub-org.ts';
import { openSalesforceWriter } from './writer.ts';

const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

async function writing(org: Partial<StubOrg>) {
  const stub = await startStubOrg({ tables: {}, ...org });
  stops.push(stub.stop);
  const waits: number[] = [];
  const wait = (milliseconds: number) => {
    waits.push(milliseconds);
    return Promise.resolve();
  };
  return { ...stub, waits, writer: openSalesforceWriter(stub.session, { wait }) };
}

const lead = { crm: 'salesforce', object: 'leads', id: '00Qxx0000000001AAA' } as const;
const deal = { crm: 'salesforce', object: 'deals', id: '006xx0000000001AAA' } as const;
const stamp = { decisionId: 'dec_1', agent: 'follow-up', approvedBy: 'Ann' };
const changed = { ...stamp, at: '2026-03-01T10:00:00.000Z', undo: false };
const task = {
  id: 'chg_1',
  kind: 'task',
  subject: lead,
  channel: 'email',
  title: 'Answer Jane',
  body: 'She asked for a price.',
  draft: { subject: 'Price', body: 'Dear Jane' },
  dueAt: '2026-03-02T09:30:00.000Z',
  ownerId: '005xx0000000001AAA',
} satisfies TaskChange;

const taskFields = [
  'Subject',
  'Description',
  'TaskSubtype',
  'ActivityDate',
  'IsReminderSet',
  'ReminderDateTime',
  'OwnerId',
  'WhoId',
  'WhatId',
  'Status',
  'IsClosed',
  'SystemModstamp',
  'LastModifiedDate',
  'Sidecard_Change_Id__c',
  'Sidecard_Decision_Id__c',
].map(name => ({ name, type: 'string' }));

const ofTasks = () => ({
  tables: { Task: [] },
  extra: { Task: [{ name: 'Id', type: 'id' }, ...taskFields] },
});
const dealRow = () => ({
  Id: deal.id,
  StageName: 'Prospecting',
  Amount: 1000,
  CloseDate: '2026-04-01',
  OwnerId: '005xx0000000001AAA',
  SystemModstamp: '2026-01-01T00:00:00.500+0000',
  LastModifiedDate: '2026-01-01T00:00:00.500+0000',
  IsDeleted: false,
});

describe('a task', () => {
  it('is made once, however often it is asked for, and carries who stands behind it', async () => {
    const { writer, tables } = await writing(ofTasks());
    const [first, second] = [await writer.createTask(task, stamp), await writer.createTask(task, stamp)];
    expect(second.ref).toEqual(first.ref);
    expect(tables['Task']).toHaveLength(1);
    expect(tables['Task']?.[0]).toMatchObject({
      Subject: 'Answer Jane',
      TaskSubtype: 'Email',
      ActivityDate: '2026-03-02',
      ReminderDateTime: '2026-03-02T09:30:00.000Z',
      WhoId: lead.id,
      OwnerId: task.ownerId,
      Sidecard_Change_Id__c: 'chg_1',
      Sidecard_Decision_Id__c: 'dec_1',
      Description:
        'She asked for a price.\n\nSubject: Price\n\nDear Jane\n\nSidecard · follow-up agent · approved by Ann · decision dec_1',
    });
    expect(await writer.findByChange('tasks', 'chg_1')).toMatchObject({ ref: first.ref });
  });

  it('is taken back, and taking it back again is no error', async () => {
    const { writer } = await writing(ofTasks());
    const { ref } = await writer.createTask(task, stamp);
    await writer.archive(ref);
    await writer.archive(ref);
    expect(await writer.findByChange('tasks', 'chg_1')).toBeNull();
    expect(await writer.read(ref, [])).toBeNull();
  });

  it('about a deal is related to it, and a note is a task that is done', async () => {
    const { writer, tables } = await writing(ofTasks());
    const note = { id: 'chg_2', kind: 'note', subject: deal, body: 'They chose us.\nMore later.' } as const;
    const { ref } = await writer.createNote(note, stamp, '2026-03-01T10:00:00.000Z');
    await writer.createNote(note, stamp, '2026-03-01T10:00:00.000Z');
    expect(ref.object).toBe('tasks');
    expect(tables['Task']).toHaveLength(1);
    expect(tables['Task']?.[0]).toMatchObject({
      Subject: 'Note: They chose us.',
      Status: 'Completed',
      WhatId: deal.id,
      ActivityDate: '2026-03-01',
    });
  });

  it.each([
    ['FIELD_CUSTOM_VALIDATION_EXCEPTION', 'refused'],
    ['DUPLICATES_DETECTED', 'refused'],
    ['REQUIRED_FIELD_MISSING', 'refused'],
    ['ENTITY_IS_DELETED', 'not_found'],
    ['INSUFFICIENT_ACCESS_OR_READONLY', 'forbidden'],
  ])('that Salesforce refuses with %s is %s, in its own words', async (statusCode, code) => {
    const errors = [{ statusCode, message: 'Close date is in the past.', fields: ['CloseDate'] }];
    const { writer } = await writing({
      ...ofTasks(),
      before: ({ path }) =>
        path.includes('/composite/') ? { status: 200, body: [{ success: false, errors }] } : undefined,
    });
    await expect(writer.createTask(task, stamp)).rejects.toMatchObject({
      code,
      message: expect.stringContaining('Close date is in the past.') as unknown,
    });
  });

  it('whose row is locked is tried again after growing waits, at most five times', async () => {
    let left = 4;
    const locked = [{ success: false, errors: [{ statusCode: 'UNABLE_TO_LOCK_ROW', message: 'locked' }] }];
    const org = (times: number): Partial<StubOrg> => {
      left = times;
      return {
        ...ofTasks(),
        before: ({ path }) =>
          path.includes('/composite/') && left-- > 0 ? { status: 200, body: locked } : undefined,
      };
    };
    const patient = await writing(org(4));
    await patient.writer.createTask(task, stamp);
    expect(patient.waits).toHaveLength(4);
    expect(patient.waits.at(-1)).toBeGreaterThan(patient.waits[0] ?? Infinity);
    const hopeless = await writing(org(99));
    await expect(hopeless.writer.createTask(task, stamp)).rejects.toMatchObject({ code: 'unavailable' });
    expect(hopeless.waits).toHaveLength(4);
  });
});

describe('fields', () => {
  it('are read and written by the words of the house, with the types that Salesforce wants', async () => {
    const { writer, tables } = await writing({ tables: { Opportunity: [dealRow()] } });
    expect(await writer.read(deal, ['dealstage', 'amount', 'closedate'])).toMatchObject({
      values: { dealstage: 'Prospecting', amount: '1000', closedate: '2026-04-01' },
    });
    const written = await writer.updateFields(
      deal,
      {
        dealstage: 'Negotiation',
        amount: '1200.50',
        closedate: '2026-05-01T00:00:00.000Z',
      },
      changed,
    );
    expect(written.values).toEqual({ dealstage: 'Negotiation', amount: '1200.5', closedate: '2026-05-01' });
    expect(tables['Opportunity']?.[0]).toMatchObject({
      StageName: 'Negotiation',
      Amount: 1200.5,
      CloseDate: '2026-05-01',
    });
  });

  it('are only changed if the record is as it was read', async () => {
    const { writer, requests } = await writing({
      tables: { Opportunity: [dealRow()] },
      before: ({ method }) => (method === 'PATCH' ? { status: 412, body: [] } : undefined),
    });
    await writer.read(deal, ['amount']);
    await expect(writer.updateFields(deal, { amount: '5' }, changed)).rejects.toMatchObject({
      code: 'conflict',
    });
    const patch = requests.find(({ method }) => method === 'PATCH');
    expect(patch?.headers['if-unmodified-since']).toBe('Thu, 01 Jan 2026 00:00:01 GMT');
  });

  it('that Sidecard works out itself are not written', async () => {
    const row = { ...dealRow(), Id: lead.id, Status: 'New', IsConverted: false };
    const { writer, requests } = await writing({ tables: { Lead: [row] } });
    expect((await writer.read(lead, ['lifecyclestage']))?.values).toEqual({ lifecyclestage: 'lead' });
    await expect(writer.updateFields(lead, { lifecyclestage: 'customer' }, changed)).rejects.toMatchObject({
      code: 'refused',
    });
    expect(requests.some(({ method }) => method === 'PATCH')).toBe(false);
  });
});

describe('scores and opt-outs', () => {
  const person = (Id: string, more = {}) => ({
    Id,
    Email: 'jane@example.com',
    HasOptedOutOfEmail: false,
    IsConverted: false,
    IsDeleted: false,
    Sidecard_Score__c: null,
    ...more,
  });

  it('are written for all, and who is refused does not stop the others', async () => {
    const subjects = ['00Qxx0000000001AAA', '00Qxx0000000002AAA', '00Qxx0000000003AAA'].map(id => ({
      ...lead,
      id,
    }));
    const { writer, tables } = await writing({
      tables: { Lead: [person(lead.id), person('00Qxx0000000003AAA')] },
    });
    const rows = subjects.map(subject => ({
      subject,
      score: 71,
      band: 'hot' as const,
      scoredAt: '2026-03-01T10:00:00.000Z',
    }));
    const { written, refused } = (await writer.writeScores?.(rows)) ?? {};
    expect(written?.map(({ id }) => id)).toEqual(['00Qxx0000000001AAA', '00Qxx0000000003AAA']);
    expect(refused).toEqual([{ subject: subjects[1], words: 'stub: ENTITY_IS_DELETED' }]);
    expect(tables['Lead']?.map(row => row['Sidecard_Score__c'])).toEqual([71, 71]);
  });

  it('reach every open lead and contact of the address', async () => {
    const { writer, tables } = await writing({
      tables: {
        Lead: [person(lead.id), person('00Qxx0000000002AAA', { IsConverted: true })],
        Contact: [person('003xx0000000001AAA'), person('003xx0000000002AAA', { Email: 'other@example.com' })],
      },
    });
    await writer.optOut?.('jane@example.com');
    await writer.optOut?.('jane@example.com');
    const out = (table: string) => tables[table]?.map(row => row['HasOptedOutOfEmail']);
    expect([out('Lead'), out('Contact')]).toEqual([
      [true, false],
      [true, false],
    ]);
  });
});

describe('access', () => {
  it('that is refused is renewed once, and then given up', async () => {
    const stub = await writing({
      tables: { Opportunity: [dealRow()] },
      before: ({ headers }) =>
        headers.authorization === 'Bearer new'
          ? undefined
          : { status: 401, body: [{ errorCode: 'INVALID_SESSION_ID', message: 'expired' }] },
    });
    const tokens: (string | undefined)[] = [];
    const session = (renewed: string) => ({
      ...stub.session,
      token: (refused?: string) => {
        tokens.push(refused);
        return Promise.resolve(refused === undefined ? 'old' : renewed);
      },
    });
    expect(await openSalesforceWriter(session('new')).read(deal, ['amount'])).not.toBeNull();
    expect(tokens).toEqual([undefined, 'old', undefined, 'old']);
    const reading = openSalesforceWriter(session('newer')).read(deal, ['amount']);
    await expect(reading).rejects.toMatchObject({ code: 'unauthenticated' });
  });

  it.each([
    [403, 'REQUEST_LIMIT_EXCEEDED', 'limited'],
    [503, 'SERVER_UNAVAILABLE', 'unavailable'],
    [500, 'UNKNOWN_EXCEPTION', 'unavailable'],
    [400, 'MALFORMED_QUERY', 'refused'],
  ])('answered with %i %s is %s, after one request', async (status, errorCode, code) => {
    const { writer, requests } = await writing({
      before: () => ({ status, body: [{ errorCode, message: 'no' }] }),
    });
    await expect(writer.read(deal, ['amount'])).rejects.toMatchObject({ code });
    expect(requests).toHaveLength(1);
  });

  it('to nobody who answers is unavailable', async () => {
    const stub = await writing({});
    await stub.stop();
    stops.pop();
    await expect(stub.writer.read(deal, ['amount'])).rejects.toMatchObject({ code: 'unavailable' });
  });
});

describe('the set-up', () => {
  const extra = Object.fromEntries(
    Object.entries(ourFields).map(([table, names]) => [
      table,
      names.map(name => ({ name, type: 'string', unique: true, externalId: true })),
    ]),
  );
  const tables = () => Object.fromEntries(Object.keys(ourFields).map(table => [table, []]));

  it('is content when the package is there', async () => {
    const { session } = await writing({ tables: tables(), extra });
    expect(await checkSalesforceFields(session)).toEqual({ created: [] });
  });

  it('names what is missing', async () => {
    const { session } = await writing({ tables: tables(), extra: { ...extra, Account: [] } });
    await expect(checkSalesforceFields(session)).rejects.toMatchObject({
      code: 'refused',
      details: { missing: ['Account.Sidecard_Last_Change__c'] },
    });
  });

  it('refuses a key that is not unique', async () => {
    const Task = (extra['Task'] ?? []).map(field => ({ ...field, unique: false }));
    const { session } = await writing({ tables: tables(), extra: { ...extra, Task } });
    await expect(checkSalesforceFields(session)).rejects.toMatchObject({ code: 'conflict' });
  });
});
