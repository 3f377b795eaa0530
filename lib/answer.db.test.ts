import { sql } from 'drizzle-orm';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answer, tidy } from './answer.ts';
import { decide } from './decide.ts';
import { keepMoment } from './moment.ts';
import { stages } from './stages.ts';
import { Answer } from '#lib/core/answer.ts';
import type { Decision } from '#lib/core/decision.ts';
import { AppError } from '#lib/core/errors.ts';
import type { Change, TaskChange } from '#lib/core/proposal.ts';
import type { Scope } from '#lib/core/scope.ts';
import { DAY_MS, toInstant } from '#lib/core/time.ts';
import { answersTo, auditOf, momentsOf } from '#lib/decisions/read.ts';
import { rowsOf } from '#lib/platform/db.ts';
import { openDemo, otherRep, owner, scopeOf, type Demo } from '#lib/platform/testing/demo/open-demo.ts';

describe('answer', () => {
  let demo: Demo;
  beforeAll(async () => {
    demo = await openDemo();
  });
  afterAll(() => demo.close());

  const manager = scopeOf('manager');
  let keys = 0;
  const propose = async (): Promise<Decision> => {
    const decision = await demo.decide(await demo.newLead());
    expect(decision.status).toBe('open');
    demo.clock.tick(1000);
    return decision;
  };
  const give = (
    decision: Decision,
    given: Partial<Answer> & Pick<Answer, 'kind'>,
    { by = manager, key = `key ${++keys}` }: { by?: Scope; key?: string } = {},
  ) =>
    answer(demo.flow, by, decision.id, {
      answer: Answer.parse({ changesHash: decision.changesHash, ...given }),
      idempotencyKey: key,
    });
  const load = (decision: Decision) => demo.tenant(tx => stages.decisions.load(tx, decision.id));
  const taskOf = ({ suggestion }: Decision): TaskChange => {
    const change = suggestion.outcome === 'propose' ? suggestion.changes[0] : undefined;
    if (change?.kind !== 'task') throw new Error('a follow-up proposes a task');
    return change;
  };
  const jobsFor = (decision: Decision) =>
    demo.jobs.take('apply').filter(job => job.decisionId === decision.id);

  it('approves exactly the changes that were seen, with the job that carries them out', async () => {
    const decision = await propose();
    expect(await give(decision, { kind: 'approve' })).toMatchObject({
      status: 'approved',
      changesHash: decision.changesHash,
      suggestion: decision.suggestion,
    });
    expect(jobsFor(decision)).toHaveLength(1);
    const [given] = await demo.tenant(tx => answersTo(tx, decision.id));
    expect(given).toMatchObject({ kind: 'approve', changesHash: decision.changesHash, by: manager.actor });
    const kinds = (await demo.tenant(tx => auditOf(tx, decision.id))).map(entry => entry.kind);
    expect(kinds.sort()).toEqual(['answered', 'decision-recorded', 'status-changed']);
  });

  it('refuses an answer to other changes, and shows the current ones', async () => {
    const decision = await propose();
    const stale = { ...decision, changesHash: 'a'.repeat(64) };
    await expect(give(stale, { kind: 'approve' })).rejects.toMatchObject({
      code: 'conflict',
      details: { decision: { id: decision.id, changesHash: decision.changesHash } },
    });
    expect((await load(decision)).status).toBe('open');
    expect(jobsFor(decision)).toEqual([]);
  });

  it('takes a repeated request for the same answer', async () => {
    const decision = await propose();
    const all = await Promise.all(
      ['same', 'same', 'same'].map(key => give(decision, { kind: 'approve' }, { key })),
    );
    expect(all.map(each => each.status)).toEqual(['approved', 'approved', 'approved']);
    expect(await demo.tenant(tx => answersTo(tx, decision.id))).toHaveLength(1);
    expect(jobsFor(decision)).toHaveLength(1);
  });

  it('lets the first of two people win', async () => {
    const decision = await propose();
    const both = await Promise.allSettled([
      give(decision, { kind: 'approve' }),
      give(decision, { kind: 'reject', reason: 'No' }, { by: scopeOf('rep', owner) }),
    ]);
    const [lost] = both.flatMap(each => (each.status === 'rejected' ? [each.reason as AppError] : []));
    expect(both.filter(each => each.status === 'fulfilled')).toHaveLength(1);
    expect(lost).toMatchObject({ code: 'conflict' });
    expect(await demo.tenant(tx => answersTo(tx, decision.id))).toHaveLength(1);
  });

  it('keeps an edit of words and time, and covers it by a hash of its own', async () => {
    const decision = await propose();
    const task = taskOf(decision);
    const dueAt = toInstant(demo.clock.now().getTime() + DAY_MS);
    const edited = { ...task, title: 'Ruf an', draft: { subject: 'Zu Ihrer Frage', body: 'Hallo' }, dueAt };
    const after = await give(decision, { kind: 'edit', changes: [edited] });
    expect(after).toMatchObject({ status: 'approved', suggestion: { changes: [edited], sendAt: dueAt } });
    expect(after.changesHash).not.toBe(decision.changesHash);
    expect(after.lineage).toEqual(decision.lineage);
    const approval = await demo.tenant(tx => stages.decisions.lastApproval(tx, decision.id));
    expect(approval?.changesHash).toBe(stages.decisions.hashChanges([edited]));
  });

  it('keeps characters that no database keeps in a visible form', async () => {
    const decision = await propose();
    const edited = { ...taskOf(decision), title: 'a\u0000b', body: '\ud800' };
    const after = await give(decision, { kind: 'edit', changes: [edited], reason: 'x\u0000' });
    expect(taskOf(after)).toMatchObject({ title: 'a\uFFFDb', body: '\uFFFD' });
    expect(after.changesHash).toBe(stages.decisions.hashChanges([taskOf(after)]));
  });

  it('refuses any edit that changes what is done, or to whom', async () => {
    const decision = await propose();
    const task = taskOf(decision);
    const other = fc.string({ minLength: 1, maxLength: 20 });
    const target = fc.oneof<fc.Arbitrary<Partial<TaskChange>>[]>(
      other.filter(id => id !== task.subject.id).map(id => ({ subject: { ...task.subject, id } })),
      fc
        .constantFrom('deals', 'companies')
        .map(object => ({ subject: { ...task.subject, object } as never })),
      fc.constantFrom('salesforce', 'csv').map(crm => ({ subject: { ...task.subject, crm } as never })),
      other.filter(id => id !== task.ownerId).map(ownerId => ({ ownerId })),
      fc.constant({ ownerId: null }),
      fc.constant({ draft: null }),
      fc.constantFrom('call', 'meeting', 'note', 'task').map(channel => ({ channel })),
      other.map(id => ({ id: `chg_${id}` })),
    );
    const { id, subject } = task;
    const changes = fc.oneof(
      target.map((part): Change[] => [{ ...task, ...part }]),
      fc.constantFrom<Change[][]>(
        [task, { ...task, id: 'chg_2' }],
        [task, task],
        [{ id, subject, kind: 'note', body: 'x' }],
        [{ id, subject, kind: 'field', field: 'hubspot_owner_id', from: null, to: '1' }],
        [{ id, subject, kind: 'assignment', from: null, to: '1' }],
        [task, { id: 'chg_3', subject, kind: 'note', body: 'x' }],
      ),
    );
    await fc.assert(
      fc.asyncProperty(changes, async edited => {
        await expect(
          answer(demo.flow, manager, decision.id, {
            answer: { kind: 'edit', changesHash: decision.changesHash ?? '', changes: edited },
            idempotencyKey: `edit ${++keys}`,
          }),
        ).rejects.toMatchObject({ code: 'bad_input' });
      }),
      { numRuns: 60 },
    );
    expect(await load(decision)).toEqual(decision);
    expect(await demo.tenant(tx => answersTo(tx, decision.id))).toEqual([]);
  });

  it.each([
    ['another rep', scopeOf('rep', otherRep)],
    ['a rep without a user in the CRM', scopeOf('rep')],
    ['operations', scopeOf('operations')],
    ['an auditor', scopeOf('auditor')],
  ])('lets %s answer nothing', async (_, by) => {
    const decision = await propose();
    for (const kind of ['approve', 'question', 'reject', 'snooze'] as const)
      await expect(
        give(decision, { kind, reason: 'x', until: toInstant(demo.clock.now()) }, { by }),
      ).rejects.toMatchObject({ code: 'forbidden' });
    expect(await load(decision)).toEqual(decision);
    expect(await demo.tenant(tx => answersTo(tx, decision.id))).toEqual([]);
  });

  it('remembers a rejection, until it has held long enough', async () => {
    const decision = await propose();
    await give(decision, { kind: 'reject', reason: 'She asked us to wait' }, { by: scopeOf('rep', owner) });
    expect((await load(decision)).statusReason).toBe('She asked us to wait');
    const next = await demo.decide(decision.subject);
    expect(next).toMatchObject({ status: 'abstained' });
    expect(next.statusReason).toContain('was turned down on 10 March: “She asked us to wait”');
    expect(next.lineage.memories).toMatchObject([
      { kind: 'rejected-suggestion', text: 'She asked us to wait' },
    ]);
    demo.clock.tick(15 * DAY_MS);
    expect((await demo.decide(decision.subject)).lineage.memories).toEqual([]);
  });

  it('brings back what was snoozed, at its time and not before', async () => {
    const decision = await propose();
    demo.jobs.take('decide');
    const until = toInstant(demo.clock.now().getTime() + 2 * DAY_MS);
    expect((await give(decision, { kind: 'snooze', until })).status).toBe('snoozed');
    const [job] = demo.jobs.waiting.filter(each => each.name === 'decide');
    expect(job?.options.startAfter).toEqual(new Date(until));
    const [trigger] = demo.jobs.take('decide');
    if (!trigger) throw new Error('no job');
    const early = await demo.decide(decision.subject);
    expect(early.statusReason).toContain('was put off');
    demo.clock.tick(2 * DAY_MS);
    const back = await decide(demo.flow, demo.service, trigger);
    expect(back).toMatchObject({ status: 'open', lineage: { trigger: { kind: 'schedule' } } });
  });

  it('notes a question and leaves the suggestion to be answered', async () => {
    const decision = await propose();
    expect((await give(decision, { kind: 'question', reason: 'Why her?' })).status).toBe('open');
    expect(await give(decision, { kind: 'approve' })).toMatchObject({ status: 'approved' });
    expect(await demo.tenant(tx => answersTo(tx, decision.id))).toHaveLength(2);
  });

  it('takes no answer to what is over', async () => {
    const superseded = await propose();
    const newer = await demo.decide(superseded.subject);
    await expect(give(superseded, { kind: 'approve' })).rejects.toMatchObject({ code: 'conflict' });
    await give(newer, { kind: 'reject', reason: 'No' });
    await expect(give(newer, { kind: 'approve' })).rejects.toMatchObject({ code: 'conflict' });
    const abstained = await demo.decide(await demo.newLead({ properties: { hs_email_optout: 'true' } }));
    await expect(
      answer(demo.flow, manager, abstained.id, {
        answer: { kind: 'approve', changesHash: 'none' },
        idempotencyKey: 'x',
      }),
    ).rejects.toMatchObject({ code: 'conflict' });
    await expect(
      answer(demo.flow, manager, 'dec_nobody', {
        answer: { kind: 'approve', changesHash: 'x' },
        idempotencyKey: 'x',
      }),
    ).rejects.toMatchObject({ code: 'not_found' });
  });

  it('ends what nobody answered in time, and never by approving it', async () => {
    const [decision, later] = [await propose(), await propose()];
    await demo.tenant(tx =>
      rowsOf(tx.sql, sql`update decisions set expires_at = null where id = ${later.id}`),
    );
    demo.clock.tick(9 * DAY_MS);
    await tidy(demo.flow, demo.service);
    expect(await load(decision)).toMatchObject({
      status: 'expired',
      statusReason: 'Nobody answered in time, so nothing was done.',
    });
    expect((await load(later)).status).toBe('open');
    await expect(give(decision, { kind: 'approve' })).rejects.toMatchObject({ code: 'conflict' });
    expect(jobsFor(decision)).toEqual([]);
  });

  it('keeps when it was first seen, by somebody who may read it', async () => {
    const decision = await propose();
    const rep = scopeOf('rep', owner);
    await keepMoment(demo.flow, rep, decision.id, 'shown');
    const at = toInstant(demo.clock.now());
    demo.clock.tick(60_000);
    await keepMoment(demo.flow, manager, decision.id, 'shown');
    const kept = await demo.tenant(tx => momentsOf(tx, decision.id));
    expect(kept.filter(moment => moment.kind === 'shown')).toEqual([{ kind: 'shown', at, by: rep.actor.id }]);
    const asked = (scope: Scope, id: string) => keepMoment(demo.flow, scope, id, 'opened');
    await expect(asked(scopeOf('rep', otherRep), decision.id)).rejects.toMatchObject({ code: 'forbidden' });
    for (const id of ['dec_nobody', 'dec_\0'])
      await expect(asked(manager, id)).rejects.toMatchObject({ code: 'not_found' });
  });

  it('leaves a ledger that proves all of this', async () => {
    await demo.tenant(tx => stages.decisions.sequence(tx));
    expect(await demo.tenant(tx => stages.decisions.verify(tx))).toMatchObject({ ok: true, problems: [] });
  });
});
