import { z } from 'zod';
import { Interaction } from './fact.ts';
import { isStorable } from './storable.ts';
import { Crm, Subject, type CrmObject } from './subject.ts';

/** In one batch. */
export const mostEvents = 1000;
const longestId = 200;
const longestType = 100;

/** What an event may be about. */
export const eventObjects = ['contacts', 'leads', 'companies', 'deals'] as const satisfies CrmObject[];

const line = (what: string, longest: number) =>
  z
    .string({ error: `must be text: ${what}` })
    .min(1, `must not be empty: ${what}`)
    .max(longest, `must have at most ${longest} characters`)
    .refine(text => isStorable(text) && !/\p{Cc}/u.test(text), 'must have no control characters');

const RecordSubject = z.object({
  crm: Crm,
  object: z.enum(eventObjects),
  id: Subject.shape.id.min(1).refine(isStorable, 'must have no control characters'),
});

const EmailSubject = z.object({
  email: line('an e-mail address', 320)
    .transform(email => email.trim().toLowerCase())
    .refine(email => /^[^\s@]+@[^\s@]+$/.test(email), 'must be an e-mail address'),
});

/** Years that every database keeps and every clock writes with four digits. */
const isKept = (time: string): boolean => {
  const date = new Date(time);
  return !Number.isNaN(date.getTime()) && date.getUTCFullYear() >= 1 && date.getUTCFullYear() <= 9999;
};

/**
 * An event as it is sent. Its time may be odd (in the future, in 1970), and is stored as given; one that is no moment at
 * all is refused. Fields beside these are ignored.
 */
export const EventInput = z.object({
  id: line('the sender’s own id of the event', longestId),
  type: line('what happened, such as form_submitted', longestType),
  source: Interaction.shape.source.optional(),
  occurredAt: z.iso
    .datetime({
      offset: true,
      error: 'must be a time with its zone, such as 2026-05-04T09:30:00Z or 2026-05-04T11:30:00+02:00',
    })
    .refine(isKept, 'must be a time of the years 1 to 9999, with a zone that exists'),
  subject: z.union([RecordSubject, EmailSubject]),
  properties: z.record(z.string(), z.unknown()).default({}),
});
