/** At most `max` requests in any `intervalMs`, as a CRM counts them where they arrive. */
export interface Limit {
  max: number;
  intervalMs: number;
}

/**
 * A place to take requests from: what may be sent now, how fast more may be, and what was taken within the window that
 * the CRM counts in. Times in milliseconds since 1970.
 */
export interface Bucket extends Limit {
  tokens: number;
  at: number;
  /** What was taken lately, by the time at which it was. */
  taken: { at: number; n: number }[];
  /** The CRM asked for silence until then. */
  blockedUntil: number;
}

export type Urgency = 'interactive' | 'background';

/** How long what was taken may be used. */
export const leaseMs = 250;
/** How differently long requests may travel. */
const travelMs = 150;
/** What is taken within less than this is kept as one. */
const cellMs = 50;
/** Parts of bucket and window that nobody waits for may not take. */
const reservedTokens = 0.2;
const reservedWindow = 0.03;

/**
 * How a limit is spent: `rate` (a millisecond) and `size` make it smooth, so that who is waited for never waits long;
 * `window` (milliseconds) and `spare` keep it, since what was taken may arrive as much later as the window is longer.
 */
export function paceOf({ max, intervalMs }: Limit) {
  return {
    rate: max / intervalMs,
    size: Math.max(1, Math.min(20, Math.floor(max / 10))),
    window: intervalMs + leaseMs + travelMs,
    spare: Math.round(max * reservedWindow),
  };
}

export const newBucket = (limit: Limit, now: number): Bucket => ({
  max: limit.max,
  intervalMs: limit.intervalMs,
  tokens: paceOf(limit).size,
  at: now,
  taken: [],
  blockedUntil: 0,
});

/** Takes up to `want` requests. None: how long to wait before asking again. */
export function takeFrom(
  bucket: Bucket,
  { want, urgency, now }: { want: number; urgency: Urgency; now: number },
): { bucket: Bucket; granted: number; waitMs: number } {
  const { rate, size, window, spare } = paceOf(bucket);
  // A process whose clock is behind adds nothing, and takes nothing back.
  const at = Math.max(now, bucket.at);
  const tokens = Math.min(size, bucket.tokens + (at - bucket.at) * rate);
  const taken = bucket.taken.filter(one => one.at > at - window);
  const filled = { ...bucket, tokens, at, taken };
  if (now < bucket.blockedUntil) return { bucket: filled, granted: 0, waitMs: bucket.blockedUntil - now };
  const isPatient = urgency === 'background';
  const reserved = isPatient && size > 1 ? Math.max(1, Math.round(size * reservedTokens)) : 0;
  // What nobody waits for takes several at once, so that it asks seldom.
  const lease = isPatient ? Math.max(1, Math.min(5, Math.floor((size - reserved) / 2))) : 1;
  const limit = bucket.max - (isPatient ? spare : 0);
  const used = taken.reduce((sum, { n }) => sum + n, 0);
  const free = Math.min(Math.floor(tokens - reserved + 1e-9), limit - used);
  const granted = Math.max(0, Math.min(Math.max(want, lease), free));
  if (granted > 0)
    return {
      bucket: { ...filled, tokens: tokens - granted, taken: withTaken(taken, at, granted) },
      granted,
      waitMs: 0,
    };
  const waits = [(reserved + lease - tokens) / rate, freeFrom(taken, used + lease - limit) + window - at];
  return { bucket: filled, granted: 0, waitMs: Math.max(1, Math.ceil(Math.max(...waits))) };
}

/** The newest cell keeps the time of what came into it last: so it leaves the window too late rather than too early. */
function withTaken(taken: Bucket['taken'], at: number, n: number): Bucket['taken'] {
  const last = taken.at(-1);
  const before = taken.at(-2);
  return last && at - (before?.at ?? 0) < cellMs
    ? [...taken.slice(0, -1), { at, n: last.n + n }]
    : [...taken, { at, n }];
}

/** When the oldest `n` of what was taken had been taken; -Infinity where none has to leave. */
function freeFrom(taken: Bucket['taken'], n: number): number {
  let left = n;
  let from = Number.NEGATIVE_INFINITY;
  for (const one of taken) {
    if (left <= 0) break;
    left -= one.n;
    from = one.at;
  }
  return from;
}

/** What the CRM says of its own count: it knows who else asks on the account. */
export interface Heard extends Limit {
  /** What it still takes in its present window; null where it does not say. */
  remaining: number | null;
}

/** Whether an answer says anything that the bucket should know. */
export const isNews = (bucket: Bucket, { max, intervalMs, remaining }: Heard): boolean =>
  max !== bucket.max ||
  intervalMs !== bucket.intervalMs ||
  (remaining !== null && remaining < Math.min(bucket.tokens, Math.max(1, paceOf(bucket).spare)));

/** The bucket as the CRM's own count corrects it. With nothing left there, a tenth of the window is waited. */
export function correct(bucket: Bucket, { max, intervalMs, remaining }: Heard, now: number): Bucket {
  const { size } = paceOf({ max, intervalMs });
  return {
    ...bucket,
    max,
    intervalMs,
    tokens: Math.max(0, Math.min(bucket.tokens, size, remaining ?? size)),
    blockedUntil: Math.max(bucket.blockedUntil, remaining === 0 ? now + intervalMs / 10 : 0),
  };
}

/** Silence for a time that the CRM asked for; what was left must be earned anew. */
export const block = (bucket: Bucket, until: number): Bucket => ({
  ...bucket,
  tokens: 0,
  blockedUntil: Math.max(bucket.blockedUntil, until),
});
