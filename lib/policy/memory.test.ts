import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MemoryKind, MemoryScope, type Holder } from '#lib/core/memory.ts';
import { Task } from '#lib/core/proposal.ts';
import { Role } from '#lib/core/scope.ts';
import { body, scopeOf, shipped, subject } from './examples.ts';
import { mayRecall, mayWithMemory, type AgentAtWork, type JudgedMemory } from './policy.ts';

const agent = (more: Partial<AgentAtWork> = {}): AgentAtWork => ({
  tenantId: 'demo',
  task: 'follow-up',
  ownerId: '11',
  role: 'rep',
  ...more,
});
const account: JudgedMemory = {
  id: 'mem_1',
  scope: 'account',
  kind: 'preference',
  holder: null,
  about: { subject, ownerId: '11' },
};
const team: JudgedMemory = { ...account, scope: 'team', about: null };
const ofUser = (id: string, ownerId: string | null): JudgedMemory => ({
  ...account,
  scope: 'private',
  kind: 'tone',
  about: null,
  holder: { kind: 'user', id, ownerId },
});
const ofRole: JudgedMemory = { ...ofUser('x', null), holder: { kind: 'role', role: 'rep' } };
const recalls = (task: Task, memory: JudgedMemory) =>
  mayRecall(agent({ task }), memory, shipped).effect === 'allow';

describe('what an agent may recall', () => {
  it.each<[Task, string]>([
    ['follow-up', 'account rest team private role'],
    ['meeting-notes', 'account team private role'],
    ['routing', 'account team'],
    ['pipeline-summary', 'team'],
    ['scoring', ''],
  ])('%s sees: %s', (task, expected) => {
    const memories = {
      account,
      rest: { ...account, kind: 'snoozed' as const },
      team,
      private: ofUser('ana', '11'),
      role: ofRole,
    };
    const seen = Object.entries(memories).flatMap(([name, memory]) => (recalls(task, memory) ? [name] : []));
    expect(seen.join(' ')).toBe(expected);
  });

  it('a private memory serves drafts in its holder’s name alone, and says so', () => {
    expect(mayRecall(agent(), ofUser('ben', '12'), shipped)).toMatchObject({
      effect: 'deny',
      reason: expect.stringContaining('only drafts in its holder') as string,
    });
    expect(mayRecall(agent({ ownerId: null }), ofUser('ana', '11'), shipped).effect).toBe('deny');
    expect(mayRecall(agent({ ownerId: null }), ofUser('ana', null), shipped).effect).toBe('deny');
    expect(mayRecall(agent({ role: 'manager' }), ofRole, shipped).effect).toBe('deny');
    expect(mayRecall(agent({ role: null }), ofRole, shipped).effect).toBe('deny');
  });

  const owner = fc.option(fc.constantFrom('11', '12', '13'));
  const role = fc.constantFrom('rep' as const, 'manager' as const, 'operations' as const, 'admin' as const);
  const holder: fc.Arbitrary<Holder> = fc.oneof(
    fc.record({ kind: fc.constant('user' as const), id: fc.constantFrom('a', 'b'), ownerId: owner }),
    fc.record({ kind: fc.constant('role' as const), role }),
  );

  it('whatever the task and the kind, nobody’s private memory reaches work for another', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...Task.options),
        fc.constantFrom(...MemoryKind.options),
        owner,
        fc.option(role),
        holder,
        (task, kind, ownerId, role, holder) => {
          const { effect } = mayRecall(agent({ task, ownerId, role }), { ...ofRole, kind, holder }, shipped);
          const own =
            holder.kind === 'user' ? ownerId !== null && holder.ownerId === ownerId : holder.role === role;
          if (!own) expect(effect).toBe('deny');
        },
      ),
      { numRuns: 500 },
    );
  });

  it('a set that was made before there were policies on memories keeps rests, and shows nothing else', () => {
    const { '7-memory.cedar': _, ...files } = body.files;
    const schema = body.schema.replace(/entity Agent[\s\S]*$/, '');
    const older = { hash: 'before memories', body: { ...body, schema, files } };
    expect(mayRecall(agent(), { ...account, kind: 'rejected-suggestion' }, older).effect).toBe('allow');
    expect(mayRecall(agent(), account, older).effect).toBe('deny');
  });
});

describe('who sees and teaches a memory', () => {
  const able = (role: Role, verb: 'see' | 'teach', memory: JudgedMemory) =>
    mayWithMemory(scopeOf(role, '11'), verb, memory, shipped).effect === 'allow';
  const memories = {
    own: account,
    others: { ...account, about: { subject, ownerId: '12' } },
    nobodys: { ...account, about: { subject, ownerId: null } },
    company: { ...account, about: { subject: { ...subject, object: 'companies' as const }, ownerId: '12' } },
    team,
    mine: ofUser('user:rep', '11'),
    role: ofRole,
  } satisfies Record<string, JudgedMemory>;

  it.each<[Role, string, string]>([
    ['rep', 'own nobodys company team mine role', 'own nobodys mine'],
    ['manager', 'own others nobodys company team role', 'own others nobodys company team role'],
    ['operations', 'own others nobodys company team', ''],
    ['admin', 'own others nobodys company team role', 'own others nobodys company team role'],
    ['auditor', 'own others nobodys company team mine role', ''],
    ['service', 'team', ''],
  ])('%s sees: %s; teaches: %s', (role, sees, teaches) => {
    const all = (verb: 'see' | 'teach') =>
      Object.entries(memories)
        .filter(([, memory]) => able(role, verb, memory))
        .map(([name]) => name)
        .join(' ');
    expect(all('see')).toBe(sees);
    expect(all('teach')).toBe(teaches);
  });

  it('says why not', () => {
    const why = (memory: JudgedMemory) =>
      mayWithMemory(scopeOf('rep', '11'), 'teach', memory, shipped).reason;
    expect(why(team)).toBe('Only managers and admins may teach how the team works.');
    expect(why(memories.others)).toContain('only its owner, managers and admins');
    expect(why(ofUser('ben', '12'))).toContain("somebody's private memory");
  });

  it.each(MemoryScope.options)('an auditor teaches no %s memory, even an own one', scope => {
    const auditor = scopeOf('auditor', '11');
    const memory = { ...ofUser(auditor.actor.id, '11'), scope, about: account.about };
    expect(mayWithMemory(auditor, 'teach', memory, shipped).effect).toBe('deny');
  });
});
