import type { z } from 'zod';
import { EventInput, eventObjects, mostEvents } from '#lib/core/event-input.ts';
import { sourceOf } from '#lib/core/event-kind.ts';
import { AppError } from '#lib/core/errors.ts';
import type { Addressee, SentEvent } from '#lib/core/sent-event.ts';
import { storable } from '#lib/core/storable.ts';
import { Crm } from '#lib/core/subject.ts';
import { longSalesforceId } from '#lib/crm/changes.ts';
import { problemWithProperties } from './event-properties.ts';

/** An event with its place in the batch, counted from 0. */
export interface ReadEvent {
  index: number;
  event: SentEvent;
}

export interface Refused {
  index: number;
  reason: string;
}

/**
 * The events of a batch, each read by itself: one that cannot be read costs no other. Throws AppError('bad_input') where
 * there is no batch at all, or one of more than 1,000.
 */
export function readEvents(batch: unknown): { events: ReadEvent[]; rejected: Refused[] } {
  if (!Array.isArray(batch))
    throw new AppError(
      'bad_input',
      'Send a JSON array of events: [{id, type, occurredAt, subject, properties}].',
    );
  if (batch.length > mostEvents)
    throw new AppError(
      'bad_input',
      `A batch holds at most ${mostEvents} events, and this one has ${batch.length}: nothing of it was taken. Send it in parts.`,
    );
  const events: ReadEvent[] = [];
  const rejected: Refused[] = [];
  for (const [index, given] of batch.entries()) {
    const read = readEvent(given);
    if (typeof read === 'string') rejected.push({ index, reason: read });
    else events.push({ index, event: read });
  }
  return { events, rejected };
}

/** The event, or why it is none. */
function readEvent(given: unknown): SentEvent | string {
  const parsed = EventInput.safeParse(given);
  if (!parsed.success) return reasonOf(parsed.error, given);
  const { id, type, source = sourceOf(type), occurredAt, subject, properties } = parsed.data;
  const problem = problemWithProperties(properties);
  if (problem !== null) return problem;
  const at = new Date(occurredAt).toISOString();
  return { id, source, type, at, subject: asStored(subject), properties: storable(properties) };
}

/** Salesforce names one record by 15 characters or by 18; ids are stored in the long form. */
const asStored = (subject: Addressee): Addressee =>
  'crm' in subject && subject.crm === 'salesforce'
    ? { ...subject, id: longSalesforceId(subject.id) }
    : subject;

function reasonOf({ issues }: z.ZodError, given: unknown): string {
  if (typeof given !== 'object' || given === null || Array.isArray(given))
    return 'An event must be an object: {id, type, occurredAt, subject, properties}.';
  const [issue] = issues;
  const place = issue?.path.join('.') || 'event';
  if (place === 'subject')
    return `subject: must be {crm, object, id} with crm ${Crm.options.join(', ')} and object ${eventObjects.join(', ')}, or {email}.`;
  return `${place}: ${issue?.message ?? 'cannot be read'}.`;
}
