import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { apply } from './apply.ts';
import { decide } from './decide.ts';
import { eraseDue } from './erase.ts';
import { stages, type Stages } from './stages.ts';
import { settle } from './take-in.ts';
import { undo } from './undo.ts';
import type { Decision } from '#lib/core/decision.ts';
import { becameKind, erasedField, type CrmRecord } from '#lib/core/record.ts';
import { serviceScope } from '#lib/core/scope.ts';
import type { Subject } from '#lib/core/subject.ts';
import { rowsOf } from '#lib/platform/db.ts';
import { deliver } from '#lib/platform/testing/demo/deliver.ts';
import { answerTo } from '#lib/platform/testing/demo/mixed-history.ts';
import { openDemo, scopeOf, tenantId, type Demo } from '#lib/platform/testing/demo/open-demo.ts';
import { decisionView } from '#lib/views/decision.ts';
import { inboxView } from '#lib/views/inbox.ts';
import { subjectView } from '#lib/views/subject.ts';

let demo: Demo;
beforeAll(async () => {
  demo = await openDemo();
});
afterAll(() => demo.close());

const manager = scopeOf('manager');
let versions = 0;

/** Brings a version of a record as if the CRM had answered with it. */
async function learn(ref: Subject, more: Partial<CrmRecord>): Promise<void> {
  demo.clock.tick(60_000);
  const now = demo.clock.now().toISOString();
  const record: CrmRecord = {
    ref,
    version: `test ${(versions += 1)}`,
    createdAt: now,
    updatedAt: now,
    archived: false,
    fields: {},
    history: [],
    links: [],
    ...more,
  };
  const told: Stages = {
    ...stages,
    ingest: {
      ...stages.ingest,
      pull: async (db, _, job) => {
        await db.tenant(job.tenantId, tx => job.keep(tx, [record]));
        return [record];
      },
    },
  };
  await deliver(demo.flow, [{ ref, field: 'x' }]);
  await settle(demo.flow, demo.service, [ref], told);
}

const merge = (from: Subject, into: Subject) =>
  learn(from, { archived: true, links: [{ to: into, kind: becameKind }] });
const remove = (ref: Subject) => learn(ref, { archived: true });
const load = ({ id }: Decision) => demo.tenant(tx => stages.decisions.load(tx, id));
const card = (subject: Subject) => demo.tenant(tx => subjectView(tx, manager, subject, demo.clock.now()));
const inbox = () => demo.tenant(tx => inboxView(tx, manager, demo.clock.now()));
const query = (of: ReturnType<typeof sql>) => demo.tenant(tx => rowsOf(tx.sql, of));

describe('a person whose record was merged into another', () => {
  const two = async () => {
    const [from, into] = [await demo.newLead(), await demo.newLead({ says: null })];
    const decision = await demo.decide(from);
    expect(decision.status).toBe('open');
    demo.jobs.take('decide');
    return { from, into, decision };
  };

  it('keeps its open suggestion and score, on the survivor’s card and in the inbox under its name', async () => {
    const { from, into, decision } = await two();
    await merge(from, into);
    expect(demo.jobs.take('decide')).toMatchObject([{ kind: 'record-changed', subject: into }]);
    const view = await card(into);
    expect(view.suggestion).toMatchObject({ decisionId: decision.id, status: 'open', can: { answer: true } });
    expect(view.score?.value).toBe(decision.lineage.score?.value);
    expect(view.was).toMatchObject([{ subject: from }]);
    expect(view.name).not.toBe(view.was[0]?.name);
    expect(await card(from)).toMatchObject({ subject: into, suggestion: { decisionId: decision.id } });
    const row = (await inbox()).rows.find(one => one.decisionId === decision.id);
    expect(row).toMatchObject({ subject: into, name: view.name });
  });

  it('is written to as the survivor, with receipt and words that say so; its budget is one', async () => {
    const { from, into, decision } = await two();
    await merge(from, into);
    await answerTo(demo, decision, { kind: 'approve' });
    const applied = await apply(demo.flow, demo.service, decision.id);
    expect(applied).toMatchObject({
      status: 'applied',
      subject: from,
      changesHash: decision.changesHash,
      statusReason: `Written to contact ${into.id}, into which contact ${from.id} was merged.`,
    });
    const [receipt] = await demo.tenant(tx => stages.writeback.receiptsOf(tx, decision.id));
    expect(receipt?.url).toBe(`/contacts/${into.id}#tasks-${receipt?.ref.id}`);
    const [entry] = await query(
      sql`select entry from audit_log where decision_id = ${decision.id} and kind = 'crm-changed'`,
    );
    expect(entry?.['entry']).toMatchObject({ redirected: 1 });
    const at = decision.suggestion.outcome === 'propose' ? decision.suggestion.sendAt : null;
    const touches = (earlier: Subject[]) =>
      demo.tenant(tx => stages.writeback.touchesAround(tx, into, at ?? '', [], earlier));
    expect([await touches([]), await touches([from])]).toEqual([1, 1]);
    const page = await demo.tenant(tx => decisionView(tx, manager, decision.id));
    expect(page).toMatchObject({ subject: into });
    expect((await undo(demo.flow, manager, decision.id)).status).toBe('undone');
  });

  it('is decided about as the survivor, and the newer proposal takes the place of the earlier one', async () => {
    const { from, into, decision } = await two();
    await merge(from, into);
    const again = await demo.decide(from);
    expect(again.subject).toEqual(into);
    expect(again.lineage.facts.some(use => use.object === 'emails')).toBe(true);
    expect((await load(decision)).status).toBe('superseded');
    const { score, history } = await card(into);
    expect(score?.asOf).toBe(again.lineage.score?.asOf);
    expect(history.map(line => line.decisionId)).toEqual([again.id, decision.id]);
  });

  it('counts touches that were promised to either', async () => {
    const { from, into, decision } = await two();
    await answerTo(demo, decision, { kind: 'approve' });
    await apply(demo.flow, demo.service, decision.id);
    await merge(from, into);
    expect((await demo.decide(into)).lineage.touchesThisWeek).toBe(1);
  });

  it('comes apart again when the CRM takes the merge back', async () => {
    const { from, into, decision } = await two();
    await merge(from, into);
    await learn(from, { fields: { firstname: 'Ada' } });
    expect((await card(into)).suggestion?.decisionId).not.toBe(decision.id);
    expect(await card(from)).toMatchObject({
      subject: from,
      suggestion: { decisionId: decision.id },
      was: [],
    });
  });
});

describe('a newer proposal beside an approved one', () => {
  it('gives way to what somebody approved, and the matter is looked at again later', async () => {
    const lead = await demo.newLead();
    const approved = await answerTo(demo, await demo.decide(lead), { kind: 'approve' });
    demo.jobs.take('decide');
    const newer = await demo.decide(lead);
    expect(newer).toMatchObject({
      status: 'superseded',
      statusReason: expect.stringContaining('approved suggestion'),
    });
    const [again] = demo.jobs.take('decide');
    expect(again).toMatchObject({ kind: 'schedule', subject: lead });
    expect(Date.parse(again?.at ?? '')).toBeGreaterThan(demo.clock.now().getTime());
    expect((await apply(demo.flow, demo.service, approved.id)).status).toBe('applied');
    const tasks = await query(
      sql`select 1 from writes where decision_id in (${approved.id}, ${newer.id}) and state = 'done'`,
    );
    expect(tasks).toHaveLength(1);
  });
});

describe('a record that was deleted in the CRM', () => {
  it('has nothing open any more and says since when; restored, suggestions are possible again', async () => {
    const lead = await demo.newLead();
    const open = await demo.decide(lead);
    await remove(lead);
    expect(await load(open)).toMatchObject({
      status: 'expired',
      statusReason: 'The record was deleted in the CRM.',
    });
    const day = demo.clock.now().toISOString().slice(0, 10);
    expect((await card(lead)).states).toContainEqual(
      expect.objectContaining({
        name: 'deleted',
        text: expect.stringContaining(`deleted in the CRM on ${day}`),
      }),
    );
    await expect(demo.decide(lead)).rejects.toMatchObject({ code: 'not_found' });
    demo.jobs.take('decide');
    await learn(lead, { fields: { phone: '+46 8 1' } });
    expect(demo.jobs.take('decide')).toMatchObject([{ subject: lead }]);
    expect((await demo.decide(lead)).status).toBe('open');
    expect((await card(lead)).states.map(state => state.name)).not.toContain('deleted');
  });

  it('is not written to, though somebody approved it', async () => {
    const decision = await answerTo(demo, await demo.decide(await demo.newLead()), { kind: 'approve' });
    await remove(decision.subject);
    const asked = demo.network.asked.length;
    expect(await apply(demo.flow, demo.service, decision.id)).toMatchObject({
      status: 'expired',
      statusReason: 'The record was deleted in the CRM, so nothing was written.',
    });
    expect(demo.network.asked).toHaveLength(asked);
  });

  it('for good: what people taught us is forgotten, and the card shows nothing of the person', async () => {
    const lead = await demo.newLead();
    const rejected = await demo.decide(lead);
    await answerTo(demo, rejected, { kind: 'reject', reason: 'Ada is on leave' });
    const known = async () =>
      (await demo.tenant(tx => stages.memory.held(tx, [lead]))).flatMap(part => part.rows);
    expect(await known()).toMatchObject([{ kind: 'rejected-suggestion' }, { state: 'suggested' }]);
    await learn(lead, { archived: true, fields: { [erasedField]: 'true' } });
    expect(await eraseDue(demo.flow, demo.service)).toEqual({ erased: 1, waiting: 0 });
    expect(await known()).toEqual([]);
    const view = await card(lead);
    expect(view).toMatchObject({ name: `contacts ${lead.id}`, score: null, suggestion: null });
    expect(view.states[0]?.text).toContain('deleted for good');
    const [entity] = await query(sql`select email, fields from entities where record_id = ${lead.id}`);
    expect(entity?.['email']).toBeNull();
    expect(Object.values(entity?.['fields'] ?? {}).filter(value => value !== null)).toEqual(['true']);
    await expect(
      decide(demo.flow, serviceScope(tenantId), { ...rejected.lineage.trigger, events: ['again'] }),
    ).rejects.toMatchObject({ code: 'not_found' });
  });
});

describe('an e-mail that the CRM logs after a suggestion', () => {
  const log = (to: Subject, subject: string, text: string) =>
    learn(
      { crm: 'hubspot', object: 'emails', id: String(990_000 + (versions += 1)) },
      {
        fields: {
          hs_timestamp: new Date(demo.clock.now().getTime() + 60_000).toISOString(),
          hs_email_direction: 'EMAIL',
          hs_email_subject: subject,
          hs_email_text: text,
          hubspot_owner_id: '70015',
        },
        links: [{ to, kind: 'plain' }],
      },
    );
  const kinds = async ({ id }: Decision) =>
    (await query(sql`select kind from moments where decision_id = ${id} order by kind`)).map(
      row => row['kind'],
    );
  const carriedOut = async () => {
    const decision = await answerTo(demo, await demo.decide(await demo.newLead()), { kind: 'approve' });
    await apply(demo.flow, demo.service, decision.id);
    const { suggestion } = decision;
    const task = suggestion.outcome === 'propose' ? suggestion.changes[0] : undefined;
    if (task?.kind !== 'task' || !task.draft) throw new Error('no draft');
    demo.clock.tick(3_600_000);
    return { decision, draft: task.draft };
  };

  it('and is its draft, is what was sent of it, with how much was changed', async () => {
    const { decision, draft } = await carriedOut();
    await log(decision.subject, draft.subject, `${draft.body.replace('Hello', 'Good morning')}\nOlga`);
    expect(await kinds(decision)).toEqual(['answered', 'applied', 'first-touch', 'made', 'sent']);
    const { suggestion, history } = await card(decision.subject);
    expect(suggestion?.sent?.edited).toBeLessThan(0.2);
    expect(suggestion?.sent?.reasons.length).toBeGreaterThan(1);
    expect(history.map(line => line.kind)).toContain('sent');
    const sent = () => query(sql`select edited from sent_emails where decision_id = ${decision.id}`);
    await log(decision.subject, draft.subject, draft.body);
    expect(await sent()).toHaveLength(1);
  });

  it('and is another letter, is the rep’s own', async () => {
    const { decision } = await carriedOut();
    await log(decision.subject, 'Fair', 'See you in Gothenburg next month, at the usual place.');
    expect(await kinds(decision)).toEqual(['answered', 'applied', 'first-touch', 'made']);
    expect((await card(decision.subject)).suggestion?.sent).toBeNull();
  });
});
