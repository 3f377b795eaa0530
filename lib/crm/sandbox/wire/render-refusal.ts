import { randomUUID } from 'node:crypto';
import type { Refusal } from '#lib/crm/sandbox/records/refusal.ts';

/** The JSON body of a refusal. */
export function renderRefusal(refusal: Refusal) {
  const { category, message, details, context, links } = refusal;
  return {
    status: 'error',
    message,
    correlationId: randomUUID(),
    category,
    ...(context ? { context } : {}),
    ...(links ? { links } : {}),
    ...(details.length > 0 ? { errors: details } : {}),
  };
}

/** The same refusal as one of the `errors` of a batch answer; `context` names the inputs it concerns. */
export function renderItemError(refusal: Refusal, context: Record<string, string[]>) {
  const { category, message, details } = refusal;
  return {
    status: 'error',
    category,
    message,
    context: { ...refusal.context, ...context },
    errors: details,
    links: {},
  };
}
