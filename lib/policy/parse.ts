import * as cedar from '@cedar-policy/cedar-wasm/nodejs';
import type { HashedPolicySet, PolicySet } from './types.ts';

/** A policy as verdicts speak of it. `missing` says in words what lacks when a permit does not hold. */
export type ParsedPolicy = {
  id: string;
  effect: 'permit' | 'forbid';
  reason: string;
  missing: string | null;
};

/** In reading order of the files. `permits` by action, for words when nothing permits. */
export type ParsedSet = {
  policies: Map<string, ParsedPolicy>;
  permits: Map<string, ParsedPolicy[]>;
  /** Words that the set's schema knows: one that was made before a word came up must not be asked with it. */
  knows: (word: string) => boolean;
};

export type Parsed = { ok: true; set: ParsedSet } | { ok: false; error: string };

/** Cedar keeps parsed sets by name; the name is the artifact's hash, so a set is parsed once a process. */
const parsedByHash = new Map<string, Parsed>();

export function parse({ hash, body }: HashedPolicySet): Parsed {
  const known = parsedByHash.get(hash);
  if (known) return known;
  const parsed = parseAnew(hash, body);
  parsedByHash.set(hash, parsed);
  return parsed;
}

function parseAnew(hash: string, body: PolicySet): Parsed {
  try {
    const texts: Record<string, string> = {};
    const knows = (word: string): boolean => body.schema.includes(`"${word}"`);
    const set: ParsedSet = { policies: new Map(), permits: new Map(), knows };
    for (const [file, text] of Object.entries(body.files).sort(([a], [b]) => (a < b ? -1 : 1))) {
      for (const part of splitInOrder(file, text)) {
        const { policy, actions } = describe(file, part);
        if (set.policies.has(policy.id)) throw new Error(`two policies are called "${policy.id}"`);
        set.policies.set(policy.id, policy);
        texts[policy.id] = part;
        if (policy.effect === 'permit')
          for (const action of actions) set.permits.set(action, [...(set.permits.get(action) ?? []), policy]);
      }
    }
    expectSuccess(cedar.preparseSchema(hash, body.schema), 'schema');
    expectSuccess(cedar.preparsePolicySet(hash, { staticPolicies: texts }), 'policies');
    return { ok: true, set };
  } catch (error) {
    return { ok: false, error: messageOf(error) };
  }
}

/** Cedar hands back the policies of a text sorted by made-up ids. */
function splitInOrder(file: string, text: string): string[] {
  const parts = cedar.policySetTextToParts(text);
  expectSuccess(parts, file);
  if (parts.policy_templates.length > 0) throw new Error(`${file}: templates are not supported`);
  return parts.policies.sort((a, b) => text.indexOf(a) - text.indexOf(b));
}

function describe(file: string, text: string): { policy: ParsedPolicy; actions: string[] } {
  const answer = cedar.policyToJson(text);
  expectSuccess(answer, file);
  const { effect, annotations, action } = answer.json;
  const { id, reason, missing } = annotations ?? {};
  if (!id || !reason) throw new Error(`${file}: a policy needs @id and @reason: ${text.slice(0, 80)}`);
  return { policy: { id, effect, reason, missing: missing ?? null }, actions: actionsOf(action) };
}

/** Actions that a policy names; none for one that applies to all, which has no words for a single one. */
function actionsOf(constraint: cedar.ActionConstraint): string[] {
  if ('entities' in constraint) return constraint.entities.map(idOf);
  return 'entity' in constraint ? [idOf(constraint.entity)] : [];
}

const idOf = (uid: cedar.EntityUidJson): string => ('__entity' in uid ? uid.__entity.id : uid.id);

function expectSuccess<A extends { type: string }>(
  answer: A,
  where: string,
): asserts answer is Extract<A, { type: 'success' }> {
  if (answer.type === 'success') return;
  const { errors } = answer as unknown as { errors: cedar.DetailedError[] };
  throw new Error(`${where}: ${errors.map(error => error.message).join('; ')}`);
}

/** The WebAssembly module throws strings as well as errors. */
export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
