import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { decide } from './decide.ts';
import { learnedFrom } from './views/memory.ts';
import { confirmMemory, editMemory, forgetMemory, teach, Taught } from './teach.ts';
import { stages } from './stages.ts';
import type { Decision } from '#lib/core/decision.ts';
import type { Memory } from '#lib/core/memory.ts';
import type { TaskChange } from '#lib/core/proposal.ts';
import type { Scope } from '#lib/core/scope.ts';
import { isPerson, subjectKey, type Subject } from '#lib/core/subject.ts';
import { toInstant } from '#lib/core/time.ts';
import { auditOf } from '#lib/decisions/read.ts';
import { accountsOf, searchSubjects } from '#lib/graph/read.ts';
import { taught } from '#lib/core/testing/taught.ts';
import { sql } from 'drizzle-orm';
import { rowsOf } from '#lib/platform/db.ts';
import { answerTo } from '#lib/platform/testing/demo/mixed-history.ts';
import { openDemo, otherRep, owner, scopeOf, type Demo } from '#lib/platform/testing/demo/open-demo.ts';

let demo: Demo;
beforeAll(async () => {
  demo = await openDemo();
});
afterAll(() => demo.close());

const manager = scopeOf('manager');
const rep = scopeOf('rep', owner);
const kept = async (subject: Subject) =>
  (await demo.tenant(tx => stages.memory.held(tx, [subject]))).flatMap(part => part.rows) as Memory[];
const suggested = (decision: Decision) =>
  demo.tenant(tx => learnedFrom(tx, manager, decision.id, demo.clock.now()));
const taskOf = ({ suggestion }: Decision): TaskChange => {
  const change = suggestion.outcome === 'propose' ? suggestion.changes[0] : undefined;
  if (change?.kind !== 'task') throw new Error('a follow-up proposes a task');
  return change;
};
const does = (scope: Scope, given: Partial<Taught> & Pick<Taught, 'text'>) =>
  demo.tenant(tx =>
    teach(
      tx,
      scope,
      Taught.parse({
        scope: 'account',
        kind: 'preference',
        subject: null,
        role: null,
        expiresAt: null,
        ...given,
      }),
      demo.clock.now(),
    ),
  );
const only = (memories: Memory[]): Memory => {
  const [one] = memories;
  if (!one || memories.length > 1) throw new Error(`${memories.length} memories`);
  return one;
};

describe('an answer suggests what to remember', () => {
  it('by a rejection: in force once confirmed, in the person’s words; forgotten, never again', async () => {
    const lead = await demo.newLead();
    const first = await demo.decide(lead);
    await answerTo(demo, first, { kind: 'reject', reason: 'Wrong content: never contact during the audit' });
    const found = await suggested(first);
    expect(found).toMatchObject([
      { text: 'Never contact during the audit', kind: 'do-not', scope: 'account', state: 'suggested' },
    ]);
    const [{ id, version } = { id: '', version: 0 }] = found;
    demo.clock.tick(1000);
    expect((await demo.decide(lead)).lineage.memories.map(one => one.id)).not.toContain(id);

    const confirm = (at: number) =>
      demo.tenant(tx =>
        confirmMemory(tx, manager, { id, version: at, text: 'Do not contact', for: 'all' }, demo.clock.now()),
      );
    await expect(confirm(version + 1)).rejects.toMatchObject({ code: 'conflict' });
    await confirm(version);
    demo.clock.tick(1000);
    const using = await demo.decide(lead);
    expect(using.lineage.memories).toContainEqual(
      expect.objectContaining({ id, text: 'Do not contact', state: 'confirmed', authorName: 'Test manager' }),
    );
    expect(using).toMatchObject({ status: 'abstained', statusReason: 'Taught: “Do not contact”' });

    await demo.tenant(tx => forgetMemory(tx, manager, id, demo.clock.now()));
    demo.clock.tick(1000);
    expect((await demo.decide(lead)).lineage.memories.map(one => one.id)).not.toContain(id);
    const entries = (await demo.tenant(tx => auditOf(tx, first.id))).filter(
      entry => entry.kind === 'memory-changed',
    );
    expect(entries.map(({ entry }) => entry['change'])).toEqual(['suggested', 'confirmed', 'forgotten']);
    expect(JSON.stringify(entries)).not.toMatch(/contact/i);
  });

  it('by an edit: the sign-off is the person’s own, and used in their drafts alone', async () => {
    const lead = await demo.newLead();
    const decision = await demo.decide(lead);
    const task = taskOf(decision);
    const body = `${(task.draft?.body ?? '').replace(/Best regards[\s\S]*$/, '')}Cheers,\nYours truly`;
    await answerTo(demo, decision, {
      kind: 'edit',
      changes: [{ ...task, draft: { subject: task.draft?.subject ?? '', body } }],
    });
    const all = await demo.tenant(tx =>
      stages.memory.standingFor(tx, { subjects: [], holders: [] }, toInstant(demo.clock.now())),
    );
    expect(all.filter(one => one.kind === 'signature')).toEqual([]);
    expect(await suggested(decision)).toMatchObject([
      { kind: 'signature', scope: 'private', text: 'Cheers,\nYours truly', decisionId: decision.id },
    ]);
  });

  it('asks nothing twice, and nothing where nothing is to be learnt', async () => {
    const lead = await demo.newLead();
    await answerTo(demo, await demo.decide(lead), { kind: 'reject', reason: 'Already done' });
    expect((await kept(lead)).filter(one => one.state === 'suggested')).toEqual([]);
    await does(manager, { text: 'Prefers calls', subject: lead });
    demo.clock.tick(15 * 86_400_000);
    const again = await demo.decide(lead);
    await answerTo(demo, again, { kind: 'reject', reason: 'prefers calls' });
    expect((await kept(lead)).filter(one => one.state === 'suggested')).toEqual([]);
  });
});

describe('who teaches what', () => {
  it('reps about own records and for themselves, managers for the team, auditors nothing', async () => {
    const lead = await demo.newLead();
    await does(rep, { text: 'Mine', scope: 'private', kind: 'tone' });
    await does(manager, { text: 'We answer within a day', scope: 'team' });
    await expect(does(rep, { text: 'x', scope: 'team' })).rejects.toMatchObject({
      code: 'forbidden',
      message: 'Only managers and admins may teach how the team works.',
    });
    await expect(does(scopeOf('rep', otherRep), { text: 'x', subject: lead })).rejects.toMatchObject({
      code: 'forbidden',
    });
    for (const scope of ['team', 'private', 'account'] as const)
      await expect(does(scopeOf('auditor'), { text: 'x', scope, subject: lead })).rejects.toMatchObject({
        code: 'forbidden',
      });
    await expect(does(rep, { text: 'x', scope: 'private', role: 'rep' })).rejects.toMatchObject({
      code: 'forbidden',
    });
    expect(() =>
      Taught.parse({ scope: 'account', kind: 'tone', text: 'x', subject: null, role: null, expiresAt: null }),
    ).toThrow();
  });

  it('nobody changes or forgets what is private to another; the end must lie ahead', async () => {
    const lead = await demo.newLead();
    await does(rep, { text: 'My own', scope: 'private', kind: 'tone', subject: lead });
    const memory = only(await kept(lead));
    const edit = (scope: Scope, expiresAt: string | null = null) =>
      demo.tenant(tx =>
        editMemory(tx, scope, { id: memory.id, version: 1, text: 'Other', expiresAt }, demo.clock.now()),
      );
    await expect(edit(manager)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(
      demo.tenant(tx => forgetMemory(tx, manager, memory.id, demo.clock.now())),
    ).rejects.toMatchObject({ code: 'forbidden' });
    await expect(edit(rep, toInstant(demo.clock.now()))).rejects.toMatchObject({ code: 'bad_input' });
    await edit(rep);
    await expect(edit(rep)).rejects.toMatchObject({ code: 'conflict' });
    expect((await kept(lead)).map(one => one.text)).toEqual(['My own', 'Other']);
  });
});

describe('recall follows policy', () => {
  it('a private memory reaches drafts in its holder’s name alone, whoever asks', async () => {
    const people = { mine: rep, others: scopeOf('rep', otherRep), bosses: manager };
    for (const [text, by] of Object.entries(people))
      await does(by, { text: `Greet with “${text}”`, scope: 'private', kind: 'tone' });
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(demo.service, rep, manager, scopeOf('admin')),
        fc.constantFrom(owner, otherRep, null),
        async (asker, ownerId) => {
          demo.clock.tick(60_000);
          const lead = await demo.newLead(
            ownerId === null ? { properties: { hubspot_owner_id: '' } } : { ownerId },
          );
          if (asker.actor.role === 'rep' && ownerId === otherRep) return;
          const at = toInstant(demo.clock.now());
          const { lineage, suggestion } = await decide(demo.flow, asker, {
            kind: 'asked',
            task: 'follow-up',
            subject: lead,
            events: [],
            at,
          });
          const holders = lineage.memories.flatMap(one =>
            one.holder?.kind === 'user' ? [one.holder.ownerId] : [],
          );
          expect(holders.every(one => one !== null && one === ownerId)).toBe(true);
          const draft = JSON.stringify(suggestion);
          if (ownerId !== owner) expect(draft).not.toContain('mine');
          if (ownerId !== otherRep) expect(draft).not.toContain('others');
          expect(draft).not.toContain('bosses');
          const withheld = lineage.memoriesWithheld ?? [];
          if (asker === manager) expect(withheld).toMatchObject([{ scope: 'private', count: 1 }]);
        },
      ),
      { numRuns: 12 },
    );
  });

  it('what was taught about the account bears on its people, its rests do not', async () => {
    const people = (await demo.tenant(tx => searchSubjects(tx, '', 50)))
      .map(one => one.subject)
      .filter(isPerson);
    const accounts = await demo.tenant(tx => accountsOf(tx, people));
    const [person] = people.filter(one => accounts.has(subjectKey(one)));
    const company = person && accounts.get(subjectKey(person))?.subject;
    if (!company) throw new Error('the demo has people with an account');
    await does(manager, { text: 'They buy in March', subject: company });
    await demo.tenant(tx =>
      stages.memory.remember(tx, {
        ...taught('Not them', toInstant(demo.clock.now())),
        subject: company,
        kind: 'rejected-suggestion',
      }),
    );
    const texts = (await demo.decide(person)).lineage.memories.map(one => one.text);
    expect(texts).toContain('They buy in March');
    expect(texts).not.toContain('Not them');
  });

  it('the ledger with all of it holds', async () => {
    await demo.tenant(tx => stages.decisions.sequence(tx));
    const rows = await demo.tenant(tx =>
      rowsOf(tx.sql, sql`select entry from audit_log where kind = 'memory-changed'`),
    );
    expect(rows.length).toBeGreaterThan(5);
    expect(JSON.stringify(rows)).not.toMatch(/greet|answer within/i);
    expect((await demo.tenant(tx => stages.decisions.verify(tx))).ok).toBe(true);
  });
});
