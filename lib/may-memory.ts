import { AppError } from '#lib/core/errors.ts';
import type { Memory } from '#lib/core/memory.ts';
import type { Scope } from '#lib/core/scope.ts';
import { subjectKey, type Subject } from '#lib/core/subject.ts';
import type { Verdict } from '#lib/core/verdict.ts';
import type { TenantTx } from '#lib/platform/db.ts';
import { bindRelease } from './release.ts';
import { stages, type Stages } from './stages.ts';

type Asked = Pick<Memory, 'id' | 'scope' | 'kind' | 'holder' | 'subject'>;

/** Asks policy of any number of memories, with the release read once. */
export async function memoryJudge(tx: TenantTx, scope: Scope, s: Stages = stages) {
  const { policySet } = bindRelease(await s.releases.current(tx));
  const owners = new Map<string, string | null>();
  const ownerOf = async (subject: Subject): Promise<string | null> => {
    const key = subjectKey(subject);
    const known = owners.get(key);
    if (known !== undefined) return known;
    const owner = await s.graph.ownerOf(tx, subject);
    owners.set(key, owner);
    return owner;
  };
  return async (verb: 'see' | 'teach', memory: Asked): Promise<Verdict> => {
    const { subject } = memory;
    const about = subject && { subject, ownerId: await ownerOf(subject) };
    return s.policy.mayWithMemory(scope, verb, { ...memory, about }, policySet);
  };
}

/** Which new memories this scope may teach; `subject`: the record that one could be about. */
export async function mayTeach(
  tx: TenantTx,
  scope: Scope,
  subject: Subject | null,
  s: Stages = stages,
): Promise<{ account: boolean; team: boolean; own: boolean; role: boolean }> {
  const judge = await memoryJudge(tx, scope, s);
  const { id, ownerId } = scope.actor;
  const may = async (asked: Partial<Asked>) =>
    (
      await judge('teach', {
        id: 'mem_new',
        scope: 'team',
        kind: 'preference',
        holder: null,
        subject: null,
        ...asked,
      })
    ).effect === 'allow';
  return {
    account: subject !== null && (await may({ scope: 'account', subject })),
    team: await may({}),
    own: await may({ scope: 'private', holder: { kind: 'user', id, ownerId } }),
    role: await may({ scope: 'private', holder: { kind: 'role', role: 'rep' } }),
  };
}

/** Throws AppError('forbidden') with policy's reason when this scope may not see, or teach, a memory. */
export async function insistOnMemory(
  tx: TenantTx,
  scope: Scope,
  verb: 'see' | 'teach',
  memory: Asked,
  s: Stages = stages,
): Promise<void> {
  const verdict = await (await memoryJudge(tx, scope, s))(verb, memory);
  if (verdict.effect !== 'allow')
    throw new AppError('forbidden', verdict.reason, { policies: verdict.policies });
}
