import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CrmObject } from '#lib/core/subject.ts';
import { openReader } from '../crm.ts';
import { installProperties, readAccount } from '../setup.ts';
import { openWriter } from '../writer.ts';
import { openSalesforceWriter } from './writer.ts';
import { startTestOrg, type TestOrg } from './testing/test-org.ts';

let org: TestOrg;
beforeAll(async () => {
  org = await startTestOrg({ seed: true });
}, 60_000);
afterAll(() => org.stop());

const stamp = { decisionId: 'dec_1', agent: 'follow-up', approvedBy: null };
const changed = { ...stamp, at: '2026-03-01T10:00:00.000Z', undo: false };
const subject = (object: CrmObject, id: string) => ({ crm: 'salesforce', object, id }) as const;

async function all(object: CrmObject) {
  const reader = openReader(org.session);
  const records = [];
  for (let after: string | null = null; ;) {
    const page = await reader.listPage(object, { after, limit: 100 });
    records.push(...page.records.map(({ record }) => record));
    if (page.next === null) return records;
    after = page.next;
  }
}

describe('an organisation', () => {
  it('says who it is, and that our package is there', async () => {
    expect(await readAccount(org.session)).toEqual({
      id: org.session.accountId,
      currency: 'EUR',
      timezone: 'Europe/Berlin',
    });
    expect(await installProperties(org.session)).toEqual({ created: [] });
  });

  it('is read object by object; what it lacks is refused as such', async () => {
    const found: Record<string, number | string> = {};
    for (const object of openReader(org.session).objects)
      found[object] = await all(object).then(
        records => records.length,
        (error: { code: string }) => error.code,
      );
    const absent = Object.entries(found).filter(([, count]) => typeof count === 'string');
    expect(absent).toEqual([['enrolments', 'not_found']]);
    for (const object of [
      'owners',
      'teams',
      'leads',
      'contacts',
      'companies',
      'deals',
      'emails',
      'calls',
      'meetings',
      'tasks',
      'notes',
    ])
      expect([object, found[object]]).toEqual([object, expect.any(Number)]);
    expect(found['deals']).toBe((await org.query('SELECT Id FROM Opportunity')).length);
    const tasks = await org.query('SELECT Id FROM Task');
    expect(Number(found['tasks']) + Number(found['calls'])).toBeLessThanOrEqual(tasks.length);
  });

  it('gives every record the same in a list as when it is read alone', async () => {
    const reader = openReader(org.session);
    for (const object of ['leads', 'deals', 'contacts', 'emails'] as const) {
      const listed = (await all(object)).slice(0, 20);
      const { records } = await reader.read(
        object,
        listed.map(({ ref }) => ref.id),
      );
      expect(records.map(({ record }) => record)).toEqual(listed);
    }
  });

  it('tells deals where they stood before, in stages that their pipeline knows', async () => {
    const [pipeline] = await all('pipelines');
    const stages = JSON.parse(pipeline?.fields['stages'] ?? '[]') as { id: string }[];
    const known = new Set(stages.map(({ id }) => id));
    const deals = await all('deals');
    const moments = deals.flatMap(deal => deal.history.filter(({ field }) => field === 'dealstage'));
    expect(moments.length).toBeGreaterThan(deals.length);
    expect(moments.filter(({ value }) => !known.has(value ?? ''))).toEqual([]);
    for (const deal of deals)
      expect(deal.history.filter(({ field }) => field === 'dealstage').at(-1)?.value).toBe(
        deal.fields['dealstage'],
      );
  });
});

describe('what happens in an organisation', () => {
  it('is found by the time of the change, and deletions by their list', async () => {
    const reader = openReader(org.session);
    const id = await org.create('Lead', { LastName: 'Grün', Company: 'Acme' });
    const { records } = await reader.read('leads', [id]);
    const since = records[0]?.record.updatedAt ?? '';
    const changes = await reader.modifiedSince('leads', since, null);
    expect(changes.records.map(({ record }) => record.ref.id)).toContain(id);
    await org.remove('Lead', id);
    const removed = await reader.removedSince('leads', since, null);
    expect(removed.ids).toContain(id);
    expect((await reader.read('leads', [id])).records[0]?.record.archived).toBe(true);
    expect(await reader.present?.('leads', [id])).toEqual([]);
  });

  it('makes a converted lead its contact, company and opportunity', async () => {
    const id = await org.create('Lead', { LastName: 'Weiß', Company: 'Umlaut GmbH' });
    await org.admin('POST', `leads/${id}/convert`, {});
    const { records } = await openReader(org.session).read('leads', [id]);
    const record = records[0]?.record;
    expect(record?.fields['lifecyclestage']).toBe('opportunity');
    expect(record?.links.map(({ to, kind }) => `${to.object} ${kind}`)).toEqual([
      'companies became',
      'contacts became',
      'deals became',
    ]);
    const contact = record?.links.find(({ to }) => to.object === 'contacts')?.to.id ?? '';
    const { records: people } = await openReader(org.session).read('contacts', [contact]);
    expect(people[0]?.record.fields['lastname']).toBe('Weiß');
  });

  it('merges one record into another', async () => {
    const [master, loser] = [
      await org.create('Contact', { LastName: 'Keep' }),
      await org.create('Contact', { LastName: 'Lose' }),
    ];
    await org.admin('POST', 'merge', { object: 'Contact', master, loser });
    const { records, merged, missing } = await openReader(org.session).read('contacts', [master, loser]);
    expect(records.map(({ record }) => record.ref.id)).toEqual([master]);
    expect(merged).toEqual([{ id: loser, into: subject('contacts', master) }]);
    expect(missing).toEqual([]);
  });
});

describe('what we write', () => {
  it('is one task, however often it is asked for, and comes back as ours', async () => {
    const writer = openWriter(org.session);
    const lead = await org.create('Lead', { LastName: 'Task', Company: 'Acme' });
    const task = {
      id: 'chg_task',
      kind: 'task',
      subject: subject('leads', lead),
      channel: 'email',
      title: 'Answer',
      body: 'She asked.',
      draft: { subject: 'Hello', body: 'Dear …' },
      dueAt: '2026-12-01T09:30:00.000Z',
      ownerId: null,
    } as const;
    const [a, b] = await Promise.all([writer.createTask(task, stamp), writer.createTask(task, stamp)]);
    expect(b.ref).toEqual(a.ref);
    const { records } = await openReader(org.session).read('tasks', [a.ref.id]);
    expect(records[0]?.record).toMatchObject({
      fields: {
        sidecard_change_id: 'chg_task',
        sidecard_decision_id: 'dec_1',
        hs_task_type: 'EMAIL',
        hs_task_status: 'Not Started',
        hs_timestamp: '2026-12-01T09:30:00.000Z',
      },
      links: [{ to: subject('leads', lead), kind: 'plain' }],
    });
    await writer.archive(a.ref);
    await writer.archive(a.ref);
    expect(await writer.findByChange('tasks', 'chg_task')).toBeNull();
  });

  it('is a note in the timeline, once', async () => {
    const writer = openWriter(org.session);
    const deal = await org.create('Opportunity', {
      Name: 'Noted',
      StageName: 'Prospecting',
      CloseDate: '2026-12-31',
    });
    const note = {
      id: 'chg_note',
      kind: 'note',
      subject: subject('deals', deal),
      body: 'They chose us.',
    } as const;
    const first = await writer.createNote(note, stamp, '2026-11-01T09:00:00.000Z');
    expect(await writer.createNote(note, stamp, '2026-11-01T09:00:00.000Z')).toMatchObject({
      ref: first.ref,
    });
    const [row] = await org.query(`SELECT WhatId, IsClosed FROM Task WHERE Id = '${first.ref.id}'`);
    expect(row).toMatchObject({ WhatId: deal, IsClosed: true });
  });

  it('changes fields, says so on the record, and yields to who was faster', async () => {
    const writer = openWriter(org.session);
    const deal = await org.create('Opportunity', {
      Name: 'Race',
      StageName: 'Prospecting',
      CloseDate: '2026-12-31',
      Amount: 10,
    });
    const ref = subject('deals', deal);
    expect((await writer.read(ref, ['amount', 'dealstage']))?.values).toEqual({
      amount: '10',
      dealstage: 'Prospecting',
    });
    expect((await writer.updateFields(ref, { amount: '12.5' }, changed)).values).toEqual({ amount: '12.5' });
    const [row] = await org.query(`SELECT Sidecard_Last_Change__c FROM Opportunity WHERE Id = '${deal}'`);
    expect(row?.['Sidecard_Last_Change__c']).toMatch(/^decision dec_1, follow-up agent, allowed by policy/);
  });

  it('that a validation rule forbids is refused in the words of its admin', async () => {
    const rule = {
      object: 'Opportunity',
      name: 'Cap',
      when: 'Amount > 1000000',
      message: 'Ask the board first.',
      field: 'Amount',
    };
    await org.admin('PUT', 'validation-rules', [rule]);
    const deal = await org.create('Opportunity', {
      Name: 'Big',
      StageName: 'Prospecting',
      CloseDate: '2026-12-31',
    });
    const writing = openWriter(org.session).updateFields(
      subject('deals', deal),
      { amount: '2000000' },
      changed,
    );
    await expect(writing).rejects.toMatchObject({
      code: 'refused',
      message: expect.stringContaining('Ask the board first.') as unknown,
    });
    await org.admin('PUT', 'validation-rules', []);
  });

  it('waits for rows that somebody else has locked', async () => {
    const deal = await org.create('Opportunity', {
      Name: 'Locked',
      StageName: 'Prospecting',
      CloseDate: '2026-12-31',
    });
    await org.admin('POST', 'faults', { lockNext: 2 });
    const waits: number[] = [];
    const wait = (milliseconds: number) => Promise.resolve(void waits.push(milliseconds));
    const writer = openSalesforceWriter(org.session, { wait });
    const written = await writer.updateFields(subject('deals', deal), { amount: '5' }, changed);
    expect([written.values['amount'], waits.length]).toEqual(['5', 2]);
  });

  it('are scores and opt-outs on leads and contacts alike', async () => {
    const email = 'scored@example.com';
    const [lead, contact] = [
      await org.create('Lead', { LastName: 'S', Company: 'A', Email: email }),
      await org.create('Contact', { LastName: 'S', Email: email }),
    ];
    const writer = openWriter(org.session);
    const scored = { score: 71, band: 'hot', scoredAt: '2026-03-01T10:00:00.000Z' } as const;
    const result = await writer.writeScores?.([
      { subject: subject('leads', lead), ...scored },
      { subject: subject('contacts', contact), ...scored },
    ]);
    expect([result?.written.length, result?.refused]).toEqual([2, []]);
    await writer.optOut?.(email);
    const { records } = await openReader(org.session).read('contacts', [contact]);
    expect(records[0]?.record.fields).toMatchObject({
      sidecard_score: '71',
      sidecard_score_band: 'hot',
      hs_email_optout: 'true',
    });
  });
});
