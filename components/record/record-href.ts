import type { Evidence } from '#lib/core/evidence.ts';
import type { Subject } from '#lib/core/subject.ts';

/** The page of Sidecard's card for a record. */
export const cardHref = (subject: Subject): string =>
  `/card/${subject.crm}/${subject.object}/${encodeURIComponent(subject.id)}`;

export const decisionHref = (decisionId: string): string => `/decisions/${encodeURIComponent(decisionId)}`;

/** Identity of a piece of evidence, to leave repeats out. */
export const evidenceKey = (e: Evidence): string =>
  [e.crm, e.object, e.id, e.field ?? '', e.version, e.url].join(' ');
