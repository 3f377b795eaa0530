import { z } from 'zod';

/** A moment: ISO 8601 in UTC with milliseconds, the form in which times are hashed, stored in JSON and compared. */
export const Instant = z.iso.datetime({ offset: false });
export type Instant = z.infer<typeof Instant>;

export const HOUR_MS = 3_600_000;
export const DAY_MS = 86_400_000;

/** A text that is an Instant already, and a day that every month has. */
const written = /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{3}Z$/;

/** Throws RangeError on an invalid date: a time that cannot be written must not be recorded. */
export const toInstant = (time: Date | number | string): Instant =>
  typeof time === 'string' && written.test(time) ? time : new Date(time).toISOString();

/** Days from `from` to `to`, fractional, negative when `to` is earlier. */
export const daysBetween = (from: Instant | Date, to: Instant | Date): number =>
  (new Date(to).getTime() - new Date(from).getTime()) / DAY_MS;

/** When code needs the time it is given it; only the edges read the clock. */
export type Clock = () => Date;
