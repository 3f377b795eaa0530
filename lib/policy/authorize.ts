import * as cedar from '@cedar-policy/cedar-wasm/nodejs';
import { messageOf, parse, type ParsedPolicy } from './parse.ts';
import type { HashedPolicySet } from './types.ts';

export type CedarRequest = {
  principal: cedar.TypeAndId;
  action: string;
  resource: cedar.TypeAndId;
  context: Record<string, cedar.CedarValueJson>;
  entities: cedar.EntityJson[];
};

/** `deciding`: permits that hold, or forbids that hold, or none when nothing permits. `why` is in words. */
export type Ruling = { permitted: boolean; failed: boolean; deciding: ParsedPolicy[]; why: string };

/**
 * Asks Cedar. Whatever goes wrong is a refusal that names the error: a policy that cannot be evaluated could be the
 * one that forbids.
 */
export function authorize(request: CedarRequest, policySet: HashedPolicySet): Ruling {
  const parsed = parse(policySet);
  if (!parsed.ok) return failure(`The policy set cannot be read: ${parsed.error}`);
  const answer = ask(understood(request, parsed.set.knows), policySet.hash);
  if (typeof answer === 'string') return failure(`Policy cannot judge this request: ${answer}`);
  const { decision, diagnostics } = answer;
  const [error] = diagnostics.errors;
  if (error) return failure(`Policy "${error.policyId}" cannot be evaluated: ${error.error.message}`);
  const { policies, permits } = parsed.set;
  const deciding = [...policies.values()].filter(policy => diagnostics.reason.includes(policy.id));
  const lacking = (permits.get(request.action) ?? []).flatMap(policy => policy.missing ?? []);
  return {
    permitted: decision === 'allow',
    failed: false,
    deciding,
    why:
      deciding.length > 0
        ? deciding.map(policy => policy.reason).join(' ')
        : [...new Set(lacking)].join(' ') || `No policy permits "${request.action}".`,
  };
}

const understood = (request: CedarRequest, knows: (word: string) => boolean): CedarRequest => ({
  ...request,
  context: Object.fromEntries(Object.entries(request.context).filter(([word]) => knows(word))),
});

function ask(request: CedarRequest, hash: string): cedar.Response | string {
  try {
    const answer = cedar.statefulIsAuthorized({
      ...request,
      action: { type: 'Action', id: request.action },
      preparsedPolicySetId: hash,
      preparsedSchemaName: hash,
      validateRequest: true,
    });
    if (answer.type === 'success') return answer.response;
    return answer.errors.map(error => error.message).join('; ');
  } catch (error) {
    return messageOf(error);
  }
}

const failure = (why: string): Ruling => ({ permitted: false, failed: true, deciding: [], why });
