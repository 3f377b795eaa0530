import { z } from 'zod';
import { Subject } from './subject.ts';
import { Instant } from './time.ts';

/** One value that a field held, and since when. */
export const FieldMoment = z.object({
  field: z.string(),
  value: z.string().nullable(),
  at: Instant,
  source: z.string().nullable(),
});
export type FieldMoment = z.infer<typeof FieldMoment>;

export const Link = z.object({ to: Subject, kind: z.string() });
export type Link = z.infer<typeof Link>;

/**
 * A CRM record as read, normalised over CRMs: values stay strings as the CRM wrote them (money in its major units,
 * dates as given), since a wrong value must be seen, not corrected.
 */
export const CrmRecord = z.object({
  ref: Subject,
  version: z.string().min(1),
  createdAt: Instant,
  updatedAt: Instant,
  archived: z.boolean(),
  fields: z.record(z.string(), z.string().nullable()),
  /** Earlier values where the CRM keeps them, any order. */
  history: z.array(FieldMoment),
  links: z.array(Link),
});
export type CrmRecord = z.infer<typeof CrmRecord>;

/** Something happened to a record in the CRM; its content is read again before it is believed. */
export const CrmEvent = z.object({
  key: z.string().min(1),
  ref: Subject,
  kind: z.enum(['created', 'changed', 'deleted', 'merged', 'linked']),
  field: z.string().nullable(),
  occurredAt: Instant,
  /** True when our own write caused it. */
  own: z.boolean(),
});
export type CrmEvent = z.infer<typeof CrmEvent>;
