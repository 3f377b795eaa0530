import type { Touch } from '#lib/core/fact.ts';
import type { Instant } from '#lib/core/time.ts';

/** Things that did not take place, or reached nobody. */
const FAILED = new Set([
  'BOUNCED',
  'FAILED',
  'SCHEDULED',
  'SENDING',
  'NO_SHOW',
  'CANCELED',
  'CANCELLED',
  'RESCHEDULED',
]);
const FINISHED = new Set(['COMPLETED', 'DEFERRED']);

/** When both sides were in touch, and what is planned, as of a time. */
export interface ContactTimes {
  /** E-mails, calls and meetings that took place, oldest first. Notes and tasks are ours alone. */
  touches: Instant[];
  lastReplyAt: Instant | null;
  /** E-mails sent and calls that reached nobody since the other side was last heard. */
  unanswered: number;
  plannedUntil: Instant | null;
}

/** A meeting in the past whose outcome nobody entered is taken to have been held. */
const tookPlace = (touch: Touch): boolean => {
  if (touch.channel === 'meeting') return !FAILED.has(touch.status) || touch.status === 'SCHEDULED';
  return (
    (touch.channel === 'email' || touch.channel === 'call') &&
    touch.direction !== 'none' &&
    !FAILED.has(touch.status)
  );
};

/** The other side was heard: it wrote or called, picked up, or was in a meeting. */
const wasHeard = (touch: Touch): boolean =>
  touch.channel === 'meeting' ||
  touch.direction === 'in' ||
  (touch.channel === 'call' && touch.status === 'CONNECTED');

const isPlanned = (touch: Touch): boolean =>
  (touch.channel === 'task' && !FINISHED.has(touch.status)) ||
  (touch.channel === 'meeting' && (!FAILED.has(touch.status) || touch.status === 'SCHEDULED'));

export function contactTimesOf(all: readonly Touch[], asOf: Instant): ContactTimes {
  const inOrder = all.toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
  const held = inOrder.filter(touch => touch.at <= asOf && tookPlace(touch));
  const lastReplyAt = held.findLast(wasHeard)?.at ?? null;
  return {
    touches: held.map(touch => touch.at),
    lastReplyAt,
    unanswered: held.filter(touch => lastReplyAt === null || touch.at > lastReplyAt).length,
    plannedUntil: inOrder.findLast(touch => touch.at > asOf && isPlanned(touch))?.at ?? null,
  };
}
