import { z } from 'zod';
import { isPerson, Subject } from './subject.ts';
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
 * The kind of link by which a record says that it lives on as another: a merged one, or a lead that was converted. What
 * is known of the first, its score, cadence and open suggestions, belongs to the second from then on.
 */
export const becameKind = 'became';

/**
 * The field that an erased record has as its only one with a value, 'true': the CRM removed the person's data for good,
 * so what is kept of it here has to go too.
 */
export const erasedField = 'erased';

/**
 * Whether a record that became another is still the same one under a new id: a merged record is, a lead is its contact
 * (HubSpot's, a piece of work, is its deal). A converted lead's company and deal are merely related to it.
 */
export const isSameBeing = (from: Subject, to: Subject): boolean =>
  from.object === to.object ||
  (from.object === 'leads' && (isPerson(from) ? isPerson(to) : to.object === 'deals'));

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
  /** `erased`: deleted by a person's right to be forgotten. */
  kind: z.enum(['created', 'changed', 'deleted', 'erased', 'merged', 'linked']),
  field: z.string().nullable(),
  occurredAt: Instant,
  /** True when our own write caused it. */
  own: z.boolean(),
});
export type CrmEvent = z.infer<typeof CrmEvent>;
