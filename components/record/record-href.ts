import type { Evidence } from '#lib/core/evidence.ts';
import type { Subject } from '#lib/core/subject.ts';

/**
 * The address of a path in the CRM. Paths hold ids that came from outside, so they can name nothing but a path: without
 * the slash `@elsewhere.example` behind the host would lead elsewhere. Whole http addresses stay as they are; any other
 * scheme gives null, and the text then stands without a link.
 */
export function recordHref(crmUrl: string, path: string): string | null {
  if (/^https?:\/\//i.test(path)) return path;
  if (!/^https?:\/\//i.test(crmUrl)) return null;
  return `${crmUrl.replace(/\/+$/, '')}/${path.replace(/^[/\\]+/, '')}`;
}

export const subjectHref = (crmUrl: string, subject: Subject): string | null =>
  recordHref(crmUrl, `/${subject.object}/${encodeURIComponent(subject.id)}`);

/** The page of Sidecard's card for a record. */
export const cardHref = (subject: Subject): string =>
  `/card/${subject.crm}/${subject.object}/${encodeURIComponent(subject.id)}`;

export const decisionHref = (decisionId: string): string => `/decisions/${encodeURIComponent(decisionId)}`;

/** Identity of a piece of evidence, to leave repeats out. */
export const evidenceKey = (e: Evidence): string =>
  [e.crm, e.object, e.id, e.field ?? '', e.version, e.url].join(' ');
