import { sql } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { apply } from './apply.ts';
import { decide } from './decide.ts';
import { stages } from './stages.ts';
import { settle, takeInAll, takeInMissed, takeInWebhook } from './take-in.ts';
import type { Subject } from '#lib/core/subject.ts';
import { connectionOf } from '#lib/crm/read.ts';
import { syncStates, unsettled } from '#lib/ingest/read.ts';
import { rowsOf } from '#lib/platform/db.ts';
import { deliver, notificationOf, signed } from '#lib/platform/testing/demo/deliver.ts';
import { answerTo } from '#lib/platform/testing/demo/mixed-history.ts';
import { openDemo, type Demo } from '#lib/platform/testing/demo/open-demo.ts';

let demo: Demo;
beforeAll(async () => {
  demo = await openDemo({ readIt: false });
});
afterEach(() => demo.network.heal());
afterAll(() => demo.close());

const count = async (query: ReturnType<typeof sql>): Promise<number> => {
  const [row] = await demo.tenant(tx => rowsOf(tx.sql, query));
  return Number(row?.['n']);
};
const stateOf = async () => (await demo.tenant(connectionOf))?.state;

describe('reading everything', () => {
  it('goes on where it was cut off, and says meanwhile what is wrong', async () => {
    demo.jobs.take('train');
    let left = 9;
    demo.network.breakWith(() => (left-- > 0 ? null : { status: 502, body: 'Bad gateway' }));
    await expect(takeInAll(demo.flow, demo.service)).rejects.toMatchObject({ code: 'unavailable' });
    expect(await stateOf()).toMatchObject({ status: 'failing', text: expect.stringContaining('502') });
    expect(demo.jobs.take('train')).toEqual([]);
    const done = (await demo.tenant(syncStates)).filter(state => state.done).map(state => state.object);
    expect(done.length).toBeGreaterThan(1);

    demo.network.heal();
    const asked = demo.network.asked.length;
    await takeInAll(demo.flow, demo.service);
    expect(await stateOf()).toMatchObject({ status: 'ok' });
    expect((await demo.tenant(syncStates)).every(state => state.done && state.problem === null)).toBe(true);
    const again = demo.network.asked.slice(asked).map(({ path }) => path);
    for (const object of done) expect(again.filter(path => path.includes(`/${object}?`))).toEqual([]);
    for (const object of ['contacts', 'companies', 'deals', 'emails', 'calls', 'tasks']) {
      const known = await count(
        sql`select count(distinct record_id)::int as n from record_versions where object = ${object}`,
      );
      expect(known, object).toBe((await recordsIn(object)).length);
    }
    expect(await count(sql`select count(*)::int as n from deals`)).toBe((await recordsIn('deals')).length);
    expect(demo.jobs.take('train')).toHaveLength(1);
  });

  it('knows everything the second time', async () => {
    const before = await count(sql`select count(*)::int as n from record_versions`);
    await takeInAll(demo.flow, demo.service);
    expect(await count(sql`select count(*)::int as n from record_versions`)).toBe(before);
  });

  async function recordsIn(object: string): Promise<string[]> {
    const ids: string[] = [];
    for (let after: string | undefined = ''; after !== undefined;) {
      const page = (await demo.crm.call(
        'GET',
        `/crm/objects/2026-09/${object}?limit=100${after === '' ? '' : `&after=${after}`}`,
      )) as { results: { id: string }[]; paging?: { next: { after: string } } };
      ids.push(...page.results.map(record => record.id));
      after = page.paging?.next.after;
    }
    return ids;
  }
});

describe('a webhook', () => {
  const events = () => count(sql`select count(*)::int as n from inbound_events`);
  const contact = (id: string): Subject => ({ crm: 'hubspot', object: 'contacts', id });
  const body = (id = '1') => JSON.stringify([notificationOf({ ref: contact(id), field: 'phone' })]);

  it.each([
    ['by another secret', () => signed(body(), 'guessed')],
    ['of another body', () => ({ ...signed(body()), body: body('2') })],
    ['of another address', () => ({ ...signed(body()), uri: 'https://evil.example/' })],
    ['that is missing', () => ({ ...signed(body()), signature: null })],
    ['without its time', () => ({ ...signed(body()), timestamp: null })],
    ['that is old', () => signed(body(), undefined, Date.now() - 6 * 60_000)],
    ['from the future', () => signed(body(), undefined, Date.now() + 6 * 60_000)],
  ])('with a signature %s is refused, and nothing of it is kept', async (_, request) => {
    const before = await events();
    await expect(takeInWebhook(demo.flow, request())).rejects.toMatchObject({ code: 'unauthenticated' });
    expect(await events()).toBe(before);
    expect(demo.jobs.take('settle')).toEqual([]);
  });

  it('that is no list of notifications cannot be read', async () => {
    for (const text of ['', '{}', 'not json'])
      await expect(takeInWebhook(demo.flow, signed(text))).rejects.toMatchObject({ code: 'bad_input' });
  });

  it('of an account that nobody connected is refused like one with a wrong signature', async () => {
    const before = await events();
    await expect(deliver(demo.flow, [{ ref: contact('1'), portalId: 1 }])).rejects.toMatchObject({
      code: 'unauthenticated',
    });
    expect(await events()).toBe(before);
  });

  it('that comes twice is taken once', async () => {
    demo.clock.tick(1000);
    const news = [{ ref: contact('777'), field: 'phone' }];
    expect(await deliver(demo.flow, news)).toEqual({ accepted: 1, duplicate: 0, ignored: 0 });
    expect(await deliver(demo.flow, news)).toEqual({ accepted: 0, duplicate: 1, ignored: 0 });
    expect(demo.jobs.take('settle')).toEqual([contact('777')]);
  });
});

describe('changes that settle', () => {
  const waitingTo = (name: 'decide' | 'settle', subject: Subject) =>
    demo.jobs.take(name).filter(job => JSON.stringify(job).includes(`"${subject.id}"`));

  it('make one decision for ten edits of one record, once it is quiet', async () => {
    const lead = await demo.newLead();
    demo.jobs.take('decide');
    const slow = { ...demo.flow, settleMs: 3000 };
    for (let i = 0; i < 10; i++) {
      demo.clock.tick(200);
      await demo.crm.update('contacts', lead.id, { phone: `+46 8 ${i}` });
      await deliver(slow, [{ ref: lead, field: 'phone' }]);
    }
    expect(waitingTo('settle', lead)).toHaveLength(1);
    demo.clock.tick(500);
    await settle(slow, demo.service, [lead]);
    expect(waitingTo('decide', lead)).toEqual([]);
    expect(waitingTo('settle', lead)).toHaveLength(1);
    demo.clock.tick(3000);
    await settle(slow, demo.service, [lead]);
    const jobs = demo.jobs.take('decide');
    expect(jobs).toMatchObject([{ subject: lead, kind: 'record-changed' }]);
    expect(jobs[0]?.events).toHaveLength(10);
    await settle(slow, demo.service, [lead]);
    expect(demo.jobs.take('decide')).toEqual([]);
    const [trigger] = jobs;
    if (!trigger) throw new Error('no trigger');
    demo.clock.tick(1000);
    const decision = await decide(demo.flow, demo.service, trigger);
    expect(await decide(demo.flow, demo.service, trigger)).toMatchObject({ id: decision.id });
    expect(await count(sql`select count(*)::int as n from decisions where record_id = ${lead.id}`)).toBe(1);
    const phone = await demo.tenant(tx => stages.graph.factsAbout(tx, lead, demo.clock.now().toISOString()));
    expect(phone.fields['phone']?.value).toBe('+46 8 9');
  });

  it('make none when they are our own', async () => {
    const lead = await demo.newLead();
    const decision = await demo.decide(lead);
    await answerTo(demo, decision, { kind: 'approve' });
    await apply(demo.flow, demo.service, decision.id);
    const [task] = await demo.tenant(tx => stages.writeback.receiptsOf(tx, decision.id));
    if (!task) throw new Error('no task');
    demo.jobs.take('decide');
    demo.clock.tick(1000);
    await deliver(demo.flow, [
      { ref: task.ref, own: true },
      { ref: lead, field: 'notes_last_updated', own: true },
    ]);
    await settle(demo.flow, demo.service, [task.ref, lead]);
    // The CRM may also name a person or nobody as the source: the record says that it is ours.
    demo.clock.tick(1000);
    await deliver(demo.flow, [{ ref: task.ref }]);
    await settle(demo.flow, demo.service, [task.ref]);
    expect(demo.jobs.take('decide')).toEqual([]);
    const known = await demo.tenant(tx => stages.graph.factsAbout(tx, lead, demo.clock.now().toISOString()));
    expect(known.touches.some(touch => touch.ourChange === task.changeId)).toBe(true);
  });

  it('of a deal reach the pipeline', async () => {
    const id = await demo.crm.create('deals', {
      dealname: 'Vans',
      amount: '4000',
      hubspot_owner_id: '70015',
    });
    const deal: Subject = { crm: 'hubspot', object: 'deals', id };
    demo.clock.tick(1000);
    await deliver(demo.flow, [{ ref: deal }]);
    await settle(demo.flow, demo.service, [deal]);
    expect(await count(sql`select amount_minor::int as n from deals where record_id = ${id}`)).toBe(400_000);
    expect(demo.jobs.take('decide')).toMatchObject([{ subject: deal }]);
  });

  it('are not lost while the CRM is down, or does not accept us', async () => {
    const lead = await demo.newLead();
    demo.jobs.take('decide');
    for (const status of [500, 401]) {
      demo.clock.tick(1000);
      await demo.crm.update('contacts', lead.id, { phone: `+46 ${status}` });
      await deliver(demo.flow, [{ ref: lead, field: 'phone' }]);
      demo.network.breakWith(() => ({ status, body: '{}' }));
      await expect(settle(demo.flow, demo.service, [lead])).rejects.toMatchObject({
        code: status === 500 ? 'unavailable' : 'unauthenticated',
      });
      expect(await stateOf()).toMatchObject({ status: 'failing' });
      demo.jobs.take('settle');
      demo.network.heal();
      demo.clock.tick(5 * 60_000);
      // Nobody comes for it any more: looking for lost changes does.
      await takeInMissed(demo.flow, demo.service);
      expect(waitingTo('settle', lead)).toHaveLength(1);
      await settle(demo.flow, demo.service, [lead]);
      expect(await demo.tenant(unsettled)).toMatchObject({ records: expect.any(Number) });
      expect(
        await count(sql`select count(*)::int as n from unsettled_records where record_id = ${lead.id}`),
      ).toBe(0);
      expect(waitingTo('decide', lead)).toHaveLength(1);
    }
  });

  it('are found when their webhooks were lost', async () => {
    const lead = await demo.newLead();
    demo.jobs.take('decide');
    demo.clock.tick(60_000);
    await demo.crm.update('contacts', lead.id, { phone: '+46 8 lost' });
    await takeInMissed(demo.flow, demo.service);
    expect(waitingTo('decide', lead)).toHaveLength(1);
    await takeInMissed(demo.flow, demo.service);
    expect(waitingTo('decide', lead)).toEqual([]);
  });

  it('keep when the first touch after a suggestion was', async () => {
    const lead = await demo.newLead();
    const decision = await demo.decide(lead);
    await answerTo(demo, decision, { kind: 'approve' });
    await apply(demo.flow, demo.service, decision.id);
    demo.clock.tick(3_600_000);
    const at = demo.clock.now().toISOString();
    const email = await demo.crm.create(
      'emails',
      { hs_timestamp: at, hs_email_direction: 'EMAIL', hs_email_subject: 'Re', hs_email_text: 'Hello' },
      [{ to: { id: lead.id }, types: [{ associationCategory: 'HUBSPOT_DEFINED', associationTypeId: 198 }] }],
    );
    const ref: Subject = { crm: 'hubspot', object: 'emails', id: email };
    demo.clock.tick(1000);
    await deliver(demo.flow, [{ ref }]);
    await settle(demo.flow, demo.service, [ref]);
    const kept = await demo.tenant(tx =>
      rowsOf(tx.sql, sql`select kind from moments where decision_id = ${decision.id} order by at`),
    );
    expect(kept.map(row => row['kind'])).toEqual(['made', 'answered', 'applied', 'first-touch']);
  });
});
