import { z } from 'zod';
import { GraphRelation } from './relation.ts';
import { Crm, CrmObject, Subject } from './subject.ts';
import { Instant } from './time.ts';

/** Where a fact comes from, to the version of the record. */
export const Source = z.object({
  crm: Crm,
  object: CrmObject,
  id: z.string(),
  field: z.string().nullable(),
  version: z.string(),
});
export type Source = z.infer<typeof Source>;

/** Something known about a subject: true since `at`, learnt at `learntAt`. */
export const Fact = z.object({
  name: z.string(),
  value: z.string().nullable(),
  at: Instant,
  learntAt: Instant,
  source: Source,
});
export type Fact = z.infer<typeof Fact>;

export const Channel = z.enum(['email', 'call', 'meeting', 'note', 'task']);
export type Channel = z.infer<typeof Channel>;

/** An activity in a subject's context stream. `at` is when it happened (a task: when it is due). Bodies are untrusted text. */
export const Touch = z.object({
  ref: Subject,
  version: z.string(),
  channel: Channel,
  direction: z.enum(['in', 'out', 'none']),
  at: Instant,
  learntAt: Instant,
  title: z.string(),
  body: z.string(),
  /** COMPLETED, NO_SHOW, BOUNCED …: the CRM's word, upper case; '' where it has none. */
  status: z.string(),
  ownerId: z.string().nullable(),
  threadId: z.string().nullable(),
  /** Id of the Sidecard change that created it, when we did. */
  ourChange: z.string().nullable(),
});
export type Touch = z.infer<typeof Touch>;

/** The newest known values of one record as of a time. */
export const Known = z.object({ subject: Subject, fields: z.record(z.string(), Fact) });
export type Known = z.infer<typeof Known>;

export const Person = z.object({
  id: z.string(),
  name: z.string(),
  email: z.string().nullable(),
  /** What name and address were read from, where that was a record. */
  fields: z.record(z.string(), Fact).optional(),
});
export type Person = z.infer<typeof Person>;

/**
 * Something that somebody did outside the CRM, as its sender told it: a form that was filled in, a page that was read, use
 * of the product. `at` is the sender's word, and may be odd.
 */
export const Interaction = z.object({
  /** The sender's id of the event. */
  id: z.string(),
  subject: Subject,
  source: z.enum(['marketing', 'product']),
  /** `form_submitted`, `page_viewed`, `report_exported` … */
  type: z.string(),
  at: Instant,
  learntAt: Instant,
  properties: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
});
export type Interaction = z.infer<typeof Interaction>;

/** What is odd about something that was stored as given. */
export const QualityFlag = z.object({
  /** `date-in-the-future`, `amount-negative` …: the rule that said so. */
  rule: z.string(),
  /** In words, with the value. */
  text: z.string(),
  source: Source,
  learntAt: Instant,
});
export type QualityFlag = z.infer<typeof QualityFlag>;

/** Facts hold at most so many of the newest activities and events: what lies before the last of so many is not seen. */
export const mostTouches = 200;
export const mostInteractions = 500;

/** What was known about a subject as of a time: nothing in it was learnt later. */
export const Facts = z.object({
  subject: Subject,
  asOf: Instant,
  createdAt: Instant,
  fields: z.record(z.string(), Fact),
  /** Every earlier and current value of fields with a history, oldest first. */
  history: z.array(Fact),
  account: Known.nullable(),
  deals: z.array(Known),
  /** People around the subject: a deal's contacts, a contact's colleagues. */
  people: z.array(Known),
  /** Newest first, at most 200; scheduled ones (a later `at`) included. */
  touches: z.array(Touch),
  /** The subject's own, and of a company or a deal those of its people: newest first, at most 500. */
  interactions: z.array(Interaction),
  /** How the subject, its account and the people around stand to each other and to us; at most 200, the strongest first. */
  relations: z.array(GraphRelation),
  /** What is odd about what is known of the subject and its activities. */
  flags: z.array(QualityFlag),
  owner: Person.nullable(),
});
export type Facts = z.infer<typeof Facts>;

export const valueOf = (known: { fields: Record<string, Fact> }, name: string): string | null =>
  known.fields[name]?.value ?? null;
