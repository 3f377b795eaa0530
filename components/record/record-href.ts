import type { Evidence } from '#lib/core/evidence.ts';

export { accountPath as accountHref, cardPath as cardHref } from '#lib/core/record-url.ts';

export const decisionHref = (decisionId: string): string => `/decisions/${encodeURIComponent(decisionId)}`;

/** Identity of a piece of evidence, to leave repeats out. */
export const evidenceKey = (e: Evidence): string =>
  [e.crm, e.object, e.id, e.field ?? '', e.version, e.url].join(' ');
