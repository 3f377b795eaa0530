import { valueOf, type Facts } from '#lib/core/fact.ts';
import { isRest, type Holder, type Memory } from '#lib/core/memory.ts';
import type { Task } from '#lib/core/proposal.ts';
import type { Scope } from '#lib/core/scope.ts';
import { isPerson, subjectKey, type Subject } from '#lib/core/subject.ts';
import type { WithheldMemories } from '#lib/core/decision.ts';
import { crmUsers } from '#lib/graph/read.ts';
import type { TenantTx } from '#lib/platform/db.ts';
import type { AgentAtWork, HashedPolicySet } from './policy/policy.ts';
import { roleOf } from './sign-in/sign-in.ts';
import { stages, type Stages } from './stages.ts';

/** The people of a deal of whom memories are looked up. */
const MOST_PEOPLE = 10;
const roles = ['rep', 'manager', 'operations', 'admin'] as const;

/**
 * What was taught and an agent may use for a record as of then: about the record and what it was before, its account, and
 * of a deal its people; of the team; private to the owner of the record, in whose name the agent works. Policy says yes to
 * each, or it is withheld, and only counted. Rests are those of the record itself.
 */
export async function recallFor(
  tx: TenantTx,
  scope: Scope,
  { task, facts, lives }: { task: Task; facts: Facts; lives: readonly Subject[] },
  policySet: HashedPolicySet,
  s: Stages = stages,
): Promise<{ memories: Memory[]; withheld: WithheldMemories[] }> {
  const own = new Set(lives.map(subjectKey));
  const ownerOf = new Map<string, string | null>([...own].map(key => [key, facts.owner?.id ?? null]));
  const subjects = [...lives];
  for (const known of around(facts))
    for (const life of await s.graph.livesOf(tx, known.subject, facts.asOf)) {
      subjects.push(life);
      ownerOf.set(subjectKey(life), valueOf(known, 'hubspot_owner_id'));
    }
  const found = await s.memory.recall(tx, { subjects, holders: holdersFor(scope, facts) }, facts.asOf);
  const relevant = found.filter(
    memory => !isRest(memory) || (memory.subject !== null && own.has(subjectKey(memory.subject))),
  );
  const ownerId = facts.owner?.id ?? null;
  const needsRole = relevant.some(({ holder }) => holder?.kind === 'role');
  const role = needsRole ? await roleOfOwner(tx, ownerId) : null;
  const agent: AgentAtWork = { tenantId: tx.tenantId, task, ownerId, role };

  const memories: Memory[] = [];
  const withheld = new Map<string, WithheldMemories>();
  for (const memory of relevant) {
    const { subject } = memory;
    const about = subject && { subject, ownerId: ownerOf.get(subjectKey(subject)) ?? null };
    const { effect, reason } = s.policy.mayRecall(agent, { ...memory, about }, policySet);
    if (effect === 'allow') memories.push(memory);
    else {
      const key = `${memory.scope} ${reason}`;
      withheld.set(key, { scope: memory.scope, reason, count: (withheld.get(key)?.count ?? 0) + 1 });
    }
  }
  return { memories, withheld: [...withheld.values()] };
}

/** The account; of what is no person also the people, one of whom is reached. */
const around = ({ subject, account, people }: Facts) => [
  ...(account ? [account] : []),
  ...(isPerson(subject) ? [] : people.filter(one => isPerson(one.subject)).slice(0, MOST_PEOPLE)),
];

/** Whose private memories are looked up: the owner's, those of whoever asks, and those of roles. */
function holdersFor({ actor }: Scope, { owner }: Facts): Holder[] {
  const asks =
    actor.role === 'service' ? [] : [{ kind: 'user' as const, id: actor.id, ownerId: actor.ownerId }];
  const owns = owner ? [{ kind: 'user' as const, id: `owner:${owner.id}`, ownerId: owner.id }] : [];
  return [...owns, ...asks, ...roles.map(role => ({ kind: 'role' as const, role }))];
}

/** The role of whoever owns records under an id; null where nobody does. */
async function roleOfOwner(tx: TenantTx, ownerId: string | null) {
  if (ownerId === null) return null;
  const user = (await crmUsers(tx)).find(one => one.ownerId === ownerId);
  return user ? roleOf(tx, user.userId) : 'rep';
}
