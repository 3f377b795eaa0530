import type { Instant } from '#lib/core/time.ts';

/** A value of a field: true since `validAt`, told by a version of the record that was last changed at `recordAt`. */
export interface Entry {
  value: string | null;
  validAt: Instant;
  learntAt: Instant;
  recordAt: Instant;
  version: string;
}

/** What a version of a record says about one field. */
export interface Reading {
  /** undefined: the version does not have the field. */
  value: string | null | undefined;
  /** What the CRM itself kept of the field's past. */
  moments: readonly { value: string | null; at: Instant }[];
  version: string;
  createdAt: Instant;
  updatedAt: Instant;
  learntAt: Instant;
}

/** What the newest version that is known says, where that is not the one being read. */
export interface Newest {
  value: string | null | undefined;
  updatedAt: Instant;
  version: string;
}

const later = (a: Instant, b: Instant | undefined): Instant => (b !== undefined && b > a ? b : a);

/**
 * Brings a reading into a field's timeline (oldest first, one entry a moment) and returns the entries that are new.
 * Whatever order versions come in, the last entry is the newest version's value. An older version that comes late
 * takes its place: what had been assumed back to the record's creation then begins where it was first seen.
 */
export function learnValue(
  timeline: Entry[],
  reading: Reading,
  newest: Newest | null,
  firstSeen: boolean,
): Entry[] {
  const added: Entry[] = [];
  const { learntAt } = reading;
  const put = (
    value: string | null,
    validAt: Instant,
    from: Pick<Newest, 'updatedAt' | 'version'> = reading,
  ) => {
    const { version, updatedAt: recordAt } = from;
    const entry = placeEntry(timeline, { value, validAt, learntAt, recordAt, version });
    if (entry) added.push(entry);
  };
  for (const { value, at } of momentsInOrder(reading)) put(value, at);
  const { value, updatedAt, createdAt } = reading;
  if (newest === null) {
    const last = timeline.at(-1);
    if (value !== undefined && (last?.value ?? null) !== value)
      put(value, last || !firstSeen ? later(updatedAt, last?.validAt) : createdAt);
    return added;
  }
  if (value !== undefined && reading.moments.length === 0) {
    const held = timeline.findLast(entry => entry.validAt <= updatedAt);
    if ((held?.value ?? null) !== value) {
      const assumed = held !== undefined && held.recordAt > updatedAt;
      const next = timeline.find(entry => entry.validAt > updatedAt);
      put(value, assumed && held.validAt === createdAt ? createdAt : updatedAt);
      if (assumed && !(next && next.validAt <= held.recordAt))
        put(held.value, held.recordAt, { ...held, updatedAt: held.recordAt });
    }
  }
  const last = timeline.at(-1);
  if (newest.value !== undefined && (last?.value ?? null) !== newest.value)
    put(newest.value, later(newest.updatedAt, last?.validAt), newest);
  return added;
}

/** Oldest first, one a moment; of two at the same moment the one that still holds counts. */
function momentsInOrder({ moments, value }: Reading) {
  const byTime = new Map<Instant, { value: string | null; at: Instant }>();
  for (const moment of moments.toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0)))
    if (byTime.get(moment.at)?.value !== value) byTime.set(moment.at, moment);
  return byTime.values();
}

/**
 * Puts an entry at its place; null when the timeline says so already. What was learnt later wins a moment; two
 * values learnt of one moment at one time are kept a millisecond apart, so that neither hides the other.
 */
function placeEntry(timeline: Entry[], entry: Entry): Entry | null {
  let { validAt } = entry;
  for (;;) {
    const index = timeline.findIndex(known => known.validAt >= validAt);
    const there = index < 0 ? undefined : timeline[index];
    if (there?.validAt !== validAt) {
      const placed = { ...entry, validAt };
      timeline.splice(index < 0 ? timeline.length : index, 0, placed);
      return placed;
    }
    if (there.value === entry.value) return null;
    if (there.learntAt < entry.learntAt) {
      const placed = { ...entry, validAt };
      timeline[index] = placed;
      return placed;
    }
    validAt = new Date(Date.parse(validAt) + 1).toISOString();
  }
}
