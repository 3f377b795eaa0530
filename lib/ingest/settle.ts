import type { CrmEvent } from '#lib/core/record.ts';
import type { Subject } from '#lib/core/subject.ts';
import { toInstant, type Instant } from '#lib/core/time.ts';
import type { TenantTx } from '#lib/platform/db.ts';
import {
  endWait,
  insertEvents,
  lockWait,
  markTaken,
  moveWait,
  openEvents,
  prolongWaits,
  waitsDueBy,
} from './store-events.ts';

/** A record that never falls quiet is acted upon after this many times the settle time. */
const longestWaits = 10;
/** Whoever claimed a record and does not finish in this time is taken for dead. */
const leaseMs = 60_000;

export interface Received {
  accepted: number;
  duplicate: number;
  /** Records whose wait began now: each needs one job at that time. */
  wake: { subject: Subject; dueAt: Instant }[];
}

/**
 * Takes events in: once this commits they are safe, and repeated ones change nothing. A record must then be quiet for
 * `settleMs` before it is acted upon, so that ten edits of a form make one decision.
 */
export async function receive(
  tx: TenantTx,
  events: readonly CrmEvent[],
  { now, settleMs }: { now: Date; settleMs: number },
): Promise<Received> {
  const at = toInstant(now);
  const dueAt = toInstant(now.getTime() + settleMs);
  const fresh = await insertEvents(tx, events, at);
  const subjects = fresh.map(event => event.ref);
  const begun = await prolongWaits(tx, subjects, { now: at, dueAt, longestMs: longestWaits * settleMs });
  return {
    accepted: fresh.length,
    duplicate: events.length - fresh.length,
    wake: begun.map(subject => ({ subject, dueAt })),
  };
}

/** Due: the caller has the record to itself for a minute. Not due: when to come again, or null when nothing waits. */
export type Claim = { due: true; events: CrmEvent[] } | { due: false; dueAt: Instant | null };

/** Claims a record whose wait is over, with the events behind it. They stay open until `finishSettled`. */
export async function claimSettled(tx: TenantTx, subject: Subject, now: Date): Promise<Claim> {
  const wait = await lockWait(tx, subject);
  if (wait === null || wait.dueAt > toInstant(now)) return { due: false, dueAt: wait?.dueAt ?? null };
  await moveWait(tx, subject, { dueAt: toInstant(now.getTime() + leaseMs) });
  return { due: true, events: await openEvents(tx, subject) };
}

/**
 * Records that nobody comes for any more: whoever claimed them gave up, because the CRM refused for too long. `receive`
 * wakes nobody for them, since their wait has begun.
 */
export const overdue = (tx: TenantTx, now: Date): Promise<Subject[]> =>
  waitsDueBy(tx, toInstant(now.getTime() - leaseMs));

/**
 * Ends a claim, in the transaction that stores what came of it. Answers when to come again if events arrived
 * meanwhile: the caller enqueues that, since `receive` saw a wait that had begun.
 */
export async function finishSettled(
  tx: TenantTx,
  subject: Subject,
  done: { events: readonly CrmEvent[]; now: Date; settleMs: number },
): Promise<{ again: Instant | null }> {
  await lockWait(tx, subject);
  await markTaken(
    tx,
    done.events.map(event => event.key),
    toInstant(done.now),
  );
  if ((await openEvents(tx, subject)).length === 0) {
    await endWait(tx, subject);
    return { again: null };
  }
  const again = toInstant(done.now.getTime() + done.settleMs);
  await moveWait(tx, subject, { dueAt: again, firstAt: toInstant(done.now) });
  return { again };
}

/** Gives claims back before their time: whoever tries again finds them due. */
export async function giveBack(tx: TenantTx, subjects: readonly Subject[], now: Date): Promise<void> {
  for (const subject of subjects) await moveWait(tx, subject, { dueAt: toInstant(now) });
}
