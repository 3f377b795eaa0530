import { z } from 'zod';
import { Interaction } from './fact.ts';
import { Subject } from './subject.ts';
import { Instant } from './time.ts';

/** Whom an event is about: a CRM record, or a person by the e-mail address that the CRM has of them (lower case). */
export const Addressee = z.union([Subject, z.object({ email: z.string() })]);
export type Addressee = z.infer<typeof Addressee>;

/** An event as a website or a product sent it, read and checked: what becomes an interaction of its subject. */
export const SentEvent = z.object({
  id: z.string(),
  source: Interaction.shape.source,
  type: z.string(),
  at: Instant,
  subject: Addressee,
  /** As sent: values may be nested. */
  properties: z.record(z.string(), z.unknown()),
});
export type SentEvent = z.infer<typeof SentEvent>;
