import { afterEach, describe, expect, it } from 'vitest';
import { openSalesforceReader } from './reader.ts';
import { startStubOrg, type Row, type StubOrg } from './testing/stub-org.ts';

const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

async function reading(org: StubOrg) {
  const stub = await startStubOrg(org);
  stops.push(stub.stop);
  return { ...stub, reader: openSalesforceReader(stub.session, { wait: () => Promise.resolve() }) };
}

const id = (prefix: string, number: number) => `${prefix}xx${String(number).padStart(10, '0')}AAA`;
const times = (at: string) => ({
  CreatedDate: at,
  SystemModstamp: at,
  LastModifiedDate: at,
  IsDeleted: false,
});
const [january, march] = ['2026-01-01T09:00:00.000+0000', '2026-03-01T09:00:00.000+0000'];

const lead = (number: number, more: Row = {}): Row => ({
  Id: id('00Q', number),
  LastName: `Lead ${number}`,
  Status: 'Open - Not Contacted',
  IsConverted: false,
  ConvertedDate: null,
  ConvertedContactId: null,
  ConvertedAccountId: null,
  ConvertedOpportunityId: null,
  MasterRecordId: null,
  OwnerId: id('005', 1),
  Region__c: 'North',
  ...times(january),
  ...more,
});

const list = async (
  { reader }: Awaited<ReturnType<typeof reading>>,
  object: 'leads' | 'deals' | 'emails' | 'tasks' | 'owners',
  limit = 50,
) => {
  const records = [];
  for (let after: string | null = null; ;) {
    const page = await reader.listPage(object, { after, limit });
    records.push(...page.records.map(({ record }) => record));
    if (page.next === null) return records;
    after = page.next;
  }
};

describe('reading leads', () => {
  it('gives the words of the house to standard fields, and leaves custom ones their names', async () => {
    const stub = await reading({ tables: { Lead: [lead(1)] } });
    const [record] = await list(stub, 'leads');
    expect(record).toMatchObject({
      ref: { crm: 'salesforce', object: 'leads', id: id('00Q', 1) },
      createdAt: '2026-01-01T09:00:00.000Z',
      updatedAt: '2026-01-01T09:00:00.000Z',
      archived: false,
      fields: {
        lastname: 'Lead 1',
        status: 'Open - Not Contacted',
        hs_lead_status: 'OPEN_NOT_CONTACTED',
        lifecyclestage: 'lead',
        hubspot_owner_id: id('005', 1),
        createdate: '2026-01-01T09:00:00.000Z',
        Region__c: 'North',
      },
    });
    expect(record?.fields).not.toHaveProperty('SystemModstamp');
  });

  it('goes on after the last id, each once, and names itself to Salesforce', async () => {
    const stub = await reading({ tables: { Lead: Array.from({ length: 7 }, (_, i) => lead(i)) } });
    const records = await list(stub, 'leads', 3);
    expect(records.map(({ ref }) => ref.id)).toEqual(Array.from({ length: 7 }, (_, i) => id('00Q', i)));
    expect(stub.requests.every(({ headers }) => headers['sforce-call-options'] === 'client=Sidecard')).toBe(
      true,
    );
  });

  it('says what a converted one became, since when, and what its status was before', async () => {
    const converted = lead(1, {
      Status: 'Closed - Converted',
      IsConverted: true,
      ConvertedDate: '2026-03-01',
      ConvertedContactId: id('003', 1),
      ConvertedAccountId: id('001', 1),
      ConvertedOpportunityId: id('006', 1),
    });
    const history = { LeadId: id('00Q', 1), Id: id('017', 1), Field: 'Status', CreatedById: id('005', 1) };
    const stub = await reading({
      tables: {
        Lead: [converted],
        LeadHistory: [
          {
            ...history,
            OldValue: 'Closed - Not Converted',
            NewValue: 'Closed - Converted',
            CreatedDate: march,
          },
        ],
      },
    });
    const [record] = await list(stub, 'leads');
    expect(record?.links.map(({ to, kind }) => [to.object, kind])).toEqual([
      ['companies', 'became'],
      ['contacts', 'became'],
      ['deals', 'became'],
    ]);
    expect(record?.fields['lifecyclestage']).toBe('opportunity');
    const moments = (field: string) =>
      record?.history.filter(moment => moment.field === field).map(({ value, at }) => [value, at]);
    expect(moments('lifecyclestage')).toEqual([
      ['lead', '2026-01-01T09:00:00.000Z'],
      ['opportunity', '2026-03-01T00:00:00.000Z'],
    ]);
    expect(moments('hs_lead_status')).toEqual([
      ['UNQUALIFIED', '2026-01-01T09:00:00.000Z'],
      ['CLOSED_CONVERTED', '2026-03-01T09:00:00.000Z'],
    ]);
  });

  it('tells deleted from merged and from never known', async () => {
    const stub = await reading({
      tables: {
        Lead: [
          lead(1, { IsDeleted: true }),
          lead(2, { IsDeleted: true, MasterRecordId: id('00Q', 3) }),
          lead(3),
        ],
      },
    });
    const ids = [1, 2, 3, 4].map(number => id('00Q', number));
    const { records, missing, merged } = await stub.reader.read('leads', [...ids, 'no id']);
    expect(records.map(({ record }) => [record.ref.id, record.archived])).toEqual([
      [ids[0], true],
      [ids[2], false],
    ]);
    expect(merged).toEqual([{ id: ids[1], into: { crm: 'salesforce', object: 'leads', id: ids[2] } }]);
    expect(missing).toEqual([ids[3], 'no id']);
    expect(await list(stub, 'leads')).toHaveLength(1);
    const removed = await stub.reader.removedSince('leads', '2020-01-01T00:00:00.000Z', null);
    expect(removed).toEqual({ ids: ids.slice(0, 2), next: null });
  });

  it('finds those that were modified at or after a time', async () => {
    const stub = await reading({ tables: { Lead: [lead(1), lead(2, times('2026-03-01T09:00:00.000Z'))] } });
    const page = await stub.reader.modifiedSince('leads', '2026-02-01T00:00:00.000Z', null);
    expect(page.records.map(({ record }) => record.ref.id)).toEqual([id('00Q', 2)]);
    expect(page.next).toBeNull();
  });

  it('reads many in bulk, in pages, and begins anew when Salesforce has forgotten the job', async () => {
    const stub = await reading({ tables: { Lead: Array.from({ length: 10_001 }, (_, i) => lead(i)) } });
    const records = await list(stub, 'leads', 1000);
    expect(new Set(records.map(({ ref }) => ref.id)).size).toBe(10_001);
    expect(stub.jobs.size).toBe(1);
    const begun = await stub.reader.listPage('leads', { after: null, limit: 1000 });
    const first = await stub.reader.listPage('leads', { after: begun.next, limit: 1000 });
    stub.jobs.clear();
    const anew = await stub.reader.listPage('leads', { after: first.next, limit: 1000 });
    expect(anew.records).toEqual([]);
    const again = await stub.reader.listPage('leads', { after: anew.next, limit: 1000 });
    expect(again.next).toMatch(/^bulk\./);
  });

  it('gives the same record in bulk as by query', async () => {
    const some = Array.from({ length: 10_001 }, (_, i) =>
      lead(i, { AnnualRevenue: 1200.5, CreatedDate: '2026-01-01T09:00:00.000Z' }),
    );
    const stub = await reading({ tables: { Lead: some }, types: { AnnualRevenue: 'currency' } });
    const begun = await stub.reader.listPage('leads', { after: null, limit: 1000 });
    const page = await stub.reader.listPage('leads', { after: begun.next, limit: 1000 });
    const { records } = await stub.reader.read('leads', [id('00Q', 0)]);
    expect(page.records[0]?.record).toEqual(records[0]?.record);
  });

  it('of an account that lacks them or hides them is refused with what Salesforce says', async () => {
    const stub = await reading({ tables: {} });
    await expect(stub.reader.listPage('leads', { after: null, limit: 10 })).rejects.toMatchObject({
      code: 'not_found',
    });
    const hidden = await reading({
      tables: {},
      before: () => ({ status: 403, body: [{ errorCode: 'INSUFFICIENT_ACCESS', message: 'no' }] }),
    });
    await expect(hidden.reader.listPage('leads', { after: null, limit: 10 })).rejects.toMatchObject({
      code: 'forbidden',
    });
  });
});

describe('reading opportunities', () => {
  const deal: Row = {
    Id: id('006', 1),
    Name: 'Big deal',
    StageName: 'Closed Won',
    Amount: 45_000.5,
    CloseDate: '2026-04-01',
    AccountId: id('001', 1),
    OwnerId: id('005', 2),
    IsClosed: true,
    IsWon: true,
    RecordTypeId: null,
    ...times(january),
  };
  const snapshot = (number: number, StageName: string, CreatedDate: string) => ({
    Id: id('008', number),
    OpportunityId: id('006', 1),
    StageName,
    Amount: 40_000,
    CloseDate: '2026-03-31',
    CreatedDate,
    CreatedById: id('005', 1),
  });

  it('brings stages, amounts and owners of earlier times, and roles as links', async () => {
    const change = {
      OpportunityId: id('006', 1),
      CreatedDate: march,
      CreatedById: id('005', 1),
      Field: 'Owner',
    };
    const stub = await reading({
      tables: {
        Opportunity: [deal],
        OpportunityHistory: [snapshot(1, 'Prospecting', january), snapshot(2, 'Closed Won', march)],
        OpportunityFieldHistory: [
          { ...change, Id: id('017', 1), OldValue: 'Ann Old', NewValue: 'Ben New' },
          { ...change, Id: id('017', 2), OldValue: id('005', 1), NewValue: id('005', 2) },
          { ...change, Id: id('017', 3), Field: 'StageName', OldValue: 'x', NewValue: 'y' },
        ],
        OpportunityContactRole: [
          {
            Id: id('00K', 1),
            OpportunityId: id('006', 1),
            ContactId: id('003', 1),
            IsPrimary: true,
            Role: 'Decision Maker',
          },
        ],
      },
    });
    const [record] = await list(stub, 'deals');
    const moments = (field: string) =>
      record?.history.filter(moment => moment.field === field).map(({ value }) => value);
    expect(moments('dealstage')).toEqual(['Prospecting', 'Closed Won']);
    expect(moments('amount')).toEqual(['40000', '40000']);
    expect(moments('hubspot_owner_id')).toEqual([id('005', 1), id('005', 2)]);
    expect(record?.fields).toMatchObject({ amount: '45000.5', pipeline: 'master', hs_is_closed: 'true' });
    expect(record?.links.map(({ to, kind }) => [to.object, kind])).toEqual([
      ['companies', 'primary'],
      ['contacts', 'Decision Maker'],
      ['contacts', 'primary'],
    ]);
  });

  it('finds one whose only news is a contact role', async () => {
    const stub = await reading({
      tables: {
        Opportunity: [deal],
        OpportunityContactRole: [
          {
            Id: id('00K', 1),
            OpportunityId: id('006', 1),
            ContactId: id('003', 1),
            SystemModstamp: '2026-03-01T09:00:00.000Z',
          },
        ],
      },
    });
    const since = '2026-02-01T00:00:00.000Z';
    const first = await stub.reader.modifiedSince('deals', since, null);
    expect(first.records).toEqual([]);
    const second = await stub.reader.modifiedSince('deals', since, first.next);
    expect(second.records.map(({ record }) => record.ref.id)).toEqual([id('006', 1)]);
    expect(second.next).toBeNull();
  });
});

describe('reading activities', () => {
  const task = (number: number, TaskSubtype: string, IsClosed: boolean): Row => ({
    Id: id('00T', number),
    Subject: `Task ${number}`,
    Status: IsClosed ? 'Done deal' : 'Not Started',
    TaskSubtype,
    IsClosed,
    ActivityDate: '2026-03-02',
    CompletedDateTime: IsClosed ? march : null,
    WhoId: id('00Q', 1),
    ...times(january),
  });
  const tables = {
    Task: [
      task(1, 'Task', false),
      task(2, 'Email', false),
      task(3, 'Email', true),
      task(4, 'Email', true),
      task(5, 'Call', true),
      task(6, 'Task', true),
    ],
    EmailMessage: [
      {
        Id: id('02s', 1),
        Subject: 'Hello',
        Incoming: true,
        Status: '1',
        ActivityId: id('00T', 4),
        MessageDate: march,
        ...times(january),
      },
    ],
  };

  it('gives each task to one object, and an e-mail that has its message once', async () => {
    const stub = await reading({ tables });
    const tasks = await list(stub, 'tasks');
    expect(
      tasks.map(({ ref, fields }) => [ref.id, fields['hs_task_status'], fields['hs_task_type']]),
    ).toEqual([
      [id('00T', 1), 'Not Started', 'TODO'],
      [id('00T', 2), 'Not Started', 'EMAIL'],
      [id('00T', 6), 'COMPLETED', 'TODO'],
    ]);
    const emails = await list(stub, 'emails');
    expect(
      emails.map(({ ref, fields }) => [ref.id, fields['hs_email_direction'], fields['hs_timestamp']]),
    ).toEqual([
      [id('02s', 1), 'INCOMING_EMAIL', '2026-03-01T09:00:00.000Z'],
      [id('00T', 3), 'EMAIL', '2026-03-01T09:00:00.000Z'],
    ]);
    expect(emails[1]?.links).toEqual([
      { to: { crm: 'salesforce', object: 'leads', id: id('00Q', 1) }, kind: 'plain' },
    ]);
  });

  it('lets a task go that was done and so became an e-mail', async () => {
    const stub = await reading({ tables: { Task: tables.Task } });
    const removed = await stub.reader.removedSince('tasks', '2025-12-01T00:00:00.000Z', null);
    expect(removed.ids).toEqual([id('00T', 3), id('00T', 4)]);
    const { missing } = await stub.reader.read('tasks', removed.ids);
    expect(missing).toEqual(removed.ids);
  });
});

describe('reading an account', () => {
  it('gives stages as every pipeline has them', async () => {
    const stage = (ApiName: string, SortOrder: number, more: Row) => ({
      Id: id('01J', SortOrder),
      ApiName,
      MasterLabel: ApiName,
      SortOrder,
      IsActive: true,
      SystemModstamp: january,
      ...more,
    });
    const stub = await reading({
      tables: {
        OpportunityStage: [
          stage('Closed Won', 2, { DefaultProbability: 90, IsClosed: true, IsWon: true }),
          stage('Prospecting', 1, { DefaultProbability: 10, IsClosed: false, IsWon: false }),
        ],
        RecordType: [
          {
            Id: id('012', 1),
            Name: 'Renewals',
            SobjectType: 'Opportunity',
            IsActive: true,
            SystemModstamp: january,
          },
        ],
      },
    });
    const { records } = await stub.reader.listPage('pipelines', { after: null, limit: 10 });
    expect(records.map(({ record }) => [record.ref.id, record.fields['label']])).toEqual([
      ['master', 'Opportunities'],
      [id('012', 1), 'Renewals'],
    ]);
    expect(JSON.parse(records[0]?.record.fields['stages'] ?? '')).toEqual([
      { id: 'Prospecting', label: 'Prospecting', displayOrder: 0, probability: 0.1, isClosed: false },
      { id: 'Closed Won', label: 'Closed Won', displayOrder: 1, probability: 1, isClosed: true },
    ]);
  });

  it('gives users and queues as owners', async () => {
    const stub = await reading({
      tables: {
        User: [
          {
            Id: id('005', 1),
            Name: 'Ann',
            Email: 'ann@example.com',
            IsActive: true,
            ManagerId: id('005', 2),
            ...times(january),
          },
        ],
        Group: [
          { Id: id('00G', 1), Name: 'Inbound', Type: 'Queue', ...times(january) },
          { Id: id('00G', 2), Name: 'EMEA', Type: 'Regular', ...times(january) },
        ],
      },
    });
    const owners = await list(stub, 'owners');
    expect(owners.map(({ fields }) => [fields['name'], fields['kind']])).toEqual([
      ['Ann', 'user'],
      ['Inbound', 'queue'],
    ]);
    expect(owners[0]?.links).toEqual([
      { to: { crm: 'salesforce', object: 'owners', id: id('005', 2) }, kind: 'manager' },
    ]);
  });
});
