import type { Lineage } from '#lib/core/decision.ts';
import type { Claim } from '#lib/core/evidence.ts';
import type { Memory } from '#lib/core/memory.ts';
import type { Suggestion } from '#lib/core/proposal.ts';
import type { Scope } from '#lib/core/scope.ts';
import { memoryJudge } from '#lib/may-memory.ts';
import type { TenantTx } from '#lib/platform/db.ts';

/** Reasons that rest on what somebody taught, as this viewer should read them: by whom, and what only if they may see it. */
export async function wordTaught(
  tx: TenantTx,
  scope: Scope,
  claims: readonly Claim[],
  memories: readonly Memory[],
): Promise<Claim[]> {
  if (claims.every(claim => claim.memory === undefined)) return [...claims];
  const hidden = await hiddenFrom(tx, scope, memories);
  const byId = new Map(memories.map(memory => [memory.id, memory]));
  return claims.map(claim => {
    const memory = byId.get(claim.memory ?? '');
    if (!memory) return claim;
    const { author, authorName, text } = memory;
    const who = author === scope.actor.id ? 'you' : authorName || 'a colleague';
    return {
      ...claim,
      text: hidden.has(memory.id) ? privately : `Because ${who} taught: “${text}”`,
    };
  });
}

const privately = 'Because of a private memory of the person in whose name this is written';

/** A lineage without the words of memories that this viewer may not see. */
export async function hideTaught(tx: TenantTx, scope: Scope, lineage: Lineage): Promise<Lineage> {
  const hidden = await hiddenFrom(tx, scope, lineage.memories);
  if (hidden.size === 0) return lineage;
  const veil = <S extends Suggestion>(suggestion: S): S => ({
    ...suggestion,
    why: suggestion.why.map(claim =>
      hidden.has(claim.memory ?? '') ? { ...claim, text: privately } : claim,
    ),
  });
  return {
    ...lineage,
    memories: lineage.memories.map(memory =>
      hidden.has(memory.id) ? { ...memory, text: 'private' } : memory,
    ),
    // What the model said may repeat them.
    modelCalls: lineage.modelCalls.map(call => ({ ...call, reply: '' })),
    proposed: veil(lineage.proposed),
    suggestion: veil(lineage.suggestion),
  };
}

/** Only private ones can be: who reads a record's decisions may see what was taught about it. */
async function hiddenFrom(tx: TenantTx, scope: Scope, memories: readonly Memory[]): Promise<Set<string>> {
  const theirs = memories.filter(memory => memory.scope === 'private');
  if (theirs.length === 0) return new Set();
  const judge = await memoryJudge(tx, scope);
  const hidden = new Set<string>();
  for (const memory of theirs) if ((await judge('see', memory)).effect !== 'allow') hidden.add(memory.id);
  return hidden;
}
