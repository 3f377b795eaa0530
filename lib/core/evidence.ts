import { z } from 'zod';
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

/** A sentence with evidence: places in the CRM, or the memory (its id) that somebody taught. */
export const Claim = z.object({
  text: z.string().min(1),
  evidence: z.array(Evidence),
  memory: z.string().optional(),
});
export type Claim = z.infer<typeof Claim>;
