import { z } from 'zod';
import type { Fact, Touch } from './fact.ts';
import { recordPath } from './record-url.ts';
import { Crm, CrmObject } from './subject.ts';
import { Instant } from './time.ts';

/** A place in the CRM that shows it: record, field or activity, version, and the words themselves. */
export const Evidence = z.object({
  crm: Crm,
  object: CrmObject,
  id: z.string(),
  field: z.string().optional(),
  version: z.string(),
  at: Instant,
  /** Verbatim from the record, at most 300 characters. */
  snippet: z.string().max(300),
  /** The place as a path, the same for every CRM, e.g. /contacts/7#emails-91: `recordHref` makes it an address. */
  url: z.string(),
});
export type Evidence = z.infer<typeof Evidence>;

/** A sentence with evidence. */
export const Claim = z.object({ text: z.string().min(1), evidence: z.array(Evidence) });
export type Claim = z.infer<typeof Claim>;

export const evidenceOfFact = (fact: Fact): Evidence => ({
  crm: fact.source.crm,
  object: fact.source.object,
  id: fact.source.id,
  ...(fact.source.field === null ? {} : { field: fact.source.field }),
  version: fact.source.version,
  at: fact.at,
  snippet: (fact.value ?? '').slice(0, 300),
  url: recordPath(fact.source),
});

/** Evidence for an activity, linked from the record page on which a person would look for it. */
export const evidenceOfTouch = (
  touch: Touch,
  page: { object: CrmObject; id: string },
  snippet = touch.body || touch.title,
): Evidence => ({
  crm: touch.ref.crm,
  object: touch.ref.object,
  id: touch.ref.id,
  version: touch.version,
  at: touch.at,
  snippet: snippet.slice(0, 300),
  url: recordPath(page, touch.ref),
});
