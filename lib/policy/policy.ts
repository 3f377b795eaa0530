import { isRest } from '#lib/core/memory.ts';
import { PrivacyClass, type Purpose } from '#lib/core/privacy.ts';
import type { Change } from '#lib/core/proposal.ts';
import type { Scope } from '#lib/core/scope.ts';
import type { TenantSettings } from '#lib/core/settings.ts';
import type { Effect, Verdict } from '#lib/core/verdict.ts';
import { authorize, type Ruling } from './authorize.ts';
import { aboutMemoryOf, aboutRecall, type AgentAtWork, type JudgedMemory } from './memory-request.ts';
import { parse } from './parse.ts';
import { aboutChange, aboutClass, aboutRecord, aboutScores, aboutTenant } from './request.ts';
import type { HashedPolicySet, JudgeContext, OwnedRecord, RecordAction, TenantAction } from './types.ts';

export type { AgentAtWork, JudgedMemory } from './memory-request.ts';
export type {
  Approval,
  HashedPolicySet,
  JudgeContext,
  Moment,
  OwnedRecord,
  PolicySet,
  RecordAction,
  TenantAction,
} from './types.ts';

/**
 * What policy says of one change. At `propose`: `allow` when it may be written unattended, `ask` when a person's
 * approval is needed, else `deny`. At `apply` and `undo` the question is whether it may be written now, so the answer
 * is `allow` (unattended, or with the approval in the context) or `deny`, never `ask`.
 */
export function judge(change: Change, context: JudgeContext, policySet: HashedPolicySet): Verdict {
  const rule = (action: string): Ruling => authorize(aboutChange(change, context, action), policySet);
  const verdict = (effect: Effect, ruling: Ruling): Verdict =>
    verdictOf(change.id, effect, ruling, policySet);
  const unattended = rule(`write_${change.kind}_unattended`);
  if (unattended.permitted) return verdict('allow', unattended);
  if (unattended.failed) return verdict('deny', unattended);
  const withApproval = rule(`write_${change.kind}_with_approval`);
  if (!withApproval.permitted) return verdict('deny', withApproval);
  if (context.moment !== 'propose') return verdict('allow', withApproval);
  return verdict('ask', withPersonNeeded(withApproval, unattended));
}

/** May this scope read the record? `allow` or `deny`. */
export const mayRead = (scope: Scope, record: OwnedRecord, policySet: HashedPolicySet): Verdict =>
  permission(authorize(aboutRecord(scope, 'read', record), policySet), policySet);

/** May this scope do something to a record, or to the tenant as a whole? `allow` or `deny`. */
export function mayDo(
  scope: Scope,
  action: RecordAction,
  resource: OwnedRecord,
  policySet: HashedPolicySet,
): Verdict;
export function mayDo(
  scope: Scope,
  action: TenantAction,
  resource: 'tenant',
  policySet: HashedPolicySet,
): Verdict;
export function mayDo(
  scope: Scope,
  action: RecordAction | TenantAction,
  resource: OwnedRecord | 'tenant',
  policySet: HashedPolicySet,
): Verdict {
  const request = resource === 'tenant' ? aboutTenant(scope, action) : aboutRecord(scope, action, resource);
  return permission(authorize(request, policySet), policySet);
}

/** May this scope write lead scores into the CRM's own fields for them? `allow` or `deny`, for all of them at once. */
export const mayWriteScores = (scope: Scope, settings: TenantSettings, policySet: HashedPolicySet): Verdict =>
  permission(authorize(aboutScores(scope, settings), policySet), policySet);

/** May an agent at work use a memory? `allow` or `deny`; what no policy permits stays unseen. */
export function mayRecall(agent: AgentAtWork, memory: JudgedMemory, policySet: HashedPolicySet): Verdict {
  const parsed = parse(policySet);
  // A set that was made before memories had policies says nothing of them: rests hold as they did then.
  if (parsed.ok && !parsed.set.knows('recall') && isRest(memory))
    return {
      changeId: '',
      effect: 'allow',
      policies: [],
      reason: 'Rests always hold.',
      policySet: policySet.hash,
    };
  return permission(authorize(aboutRecall(agent, memory), policySet), policySet);
}

/** May this scope see a memory, or teach it: add, change, confirm and forget it? `allow` or `deny`. */
export const mayWithMemory = (
  scope: Scope,
  verb: 'see' | 'teach',
  memory: JudgedMemory,
  policySet: HashedPolicySet,
): Verdict => permission(authorize(aboutMemoryOf(scope, verb, memory), policySet), policySet);

/** May this person be scored and followed up? `allow`, or `deny` where they objected. */
export function mayProfile(
  scope: Scope,
  record: OwnedRecord,
  objected: boolean,
  policySet: HashedPolicySet,
): Verdict {
  // A set from before there were objections has no words for them: it is a right, whatever a set says.
  if (!knows(policySet, 'profile')) return { ...silent(policySet), effect: objected ? 'deny' : 'allow' };
  return permission(authorize(aboutRecord(scope, 'profile', record, { objected }), policySet), policySet);
}

/** The classes of values that a purpose may use: those that a policy permits, and no others. */
export function classesFor(purpose: Purpose, policySet: HashedPolicySet): ReadonlySet<PrivacyClass> {
  const key = `${policySet.hash} ${purpose}`;
  const known = classesByPurpose.get(key);
  if (known) return known;
  const isSet = knows(policySet, 'use_class');
  const classes = new Set(
    PrivacyClass.options.filter(one =>
      isSet ? authorize(aboutClass(purpose, one), policySet).permitted : fromBefore.has(one),
    ),
  );
  classesByPurpose.set(key, classes);
  return classes;
}

/** They follow from the set alone, and are asked for with every decision. */
const classesByPurpose = new Map<string, ReadonlySet<PrivacyClass>>();
/** What a set that was made before there were classes lets everything use. */
const fromBefore: ReadonlySet<PrivacyClass> = new Set(['public', 'business', 'personal']);

function knows(policySet: HashedPolicySet, word: string): boolean {
  const parsed = parse(policySet);
  return !parsed.ok || parsed.set.knows(word);
}

const silent = ({ hash }: HashedPolicySet): Omit<Verdict, 'effect'> => ({
  changeId: '',
  policies: [],
  reason: 'The policies in force are from before this question.',
  policySet: hash,
});

/** Names of all policies with what each says, in reading order, for pages. Empty when the set cannot be read. */
export function policyNames(policySet: HashedPolicySet): { name: string; reason: string }[] {
  const parsed = parse(policySet);
  return parsed.ok ? [...parsed.set.policies.values()].map(({ id, reason }) => ({ name: id, reason })) : [];
}

const permission = (ruling: Ruling, policySet: HashedPolicySet): Verdict =>
  verdictOf('', ruling.permitted ? 'allow' : 'deny', ruling, policySet);

/** What forbids going unattended belongs to the reasons for asking a person. */
function withPersonNeeded(withApproval: Ruling, unattended: Ruling): Ruling {
  if (unattended.deciding.length === 0) return withApproval;
  return {
    ...withApproval,
    deciding: [...withApproval.deciding, ...unattended.deciding],
    why: `${withApproval.why} ${unattended.why}`,
  };
}

const verdictOf = (
  changeId: string,
  effect: Effect,
  ruling: Ruling,
  policySet: HashedPolicySet,
): Verdict => ({
  changeId,
  effect,
  policies: ruling.deciding.map(policy => policy.id),
  reason: ruling.why,
  policySet: policySet.hash,
});
