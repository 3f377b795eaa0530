import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  block,
  correct,
  isNews,
  newBucket,
  paceOf,
  takeFrom,
  type Bucket,
  type Urgency,
} from './limits-bucket.ts';
import { leaseMs } from './limits-bucket.ts';
import { openTurnstile } from './limits-turnstile.ts';

const hubspot = { max: 190, intervalMs: 10_000 };

/** Time that passes only when everybody waits: a heap of timers, run in order. */
function virtualTime() {
  let now = 1_000_000;
  const timers: { at: number; run: () => void }[] = [];
  const wait = (ms: number, signal?: AbortSignal): Promise<void> =>
    new Promise(resolve => {
      const timer = { at: now + ms, run: resolve };
      timers.push(timer);
      signal?.addEventListener('abort', () => {
        timers.splice(timers.indexOf(timer), 1);
        resolve();
      });
    });
  const settle = (): Promise<void> => new Promise(resolve => setImmediate(resolve));
  return {
    now: () => now,
    wait,
    runUntil: async (end: number): Promise<void> => {
      for (;;) {
        await settle();
        timers.sort((a, b) => a.at - b.at);
        const [first] = timers;
        if (!first || first.at > end) break;
        timers.shift();
        now = Math.max(now, first.at);
        first.run();
      }
      now = end;
    },
  };
}

interface Worker {
  urgency: Urgency;
  /** Milliseconds that it works between two requests. */
  thinks: number;
  travels: number;
  process: number;
}

/** Workers in several processes over one bucket for a minute; answers with the times at which requests arrived. */
async function simulate(workers: readonly Worker[], limit = hubspot, seconds = 40) {
  const time = virtualTime();
  const end = time.now() + seconds * 1000;
  let bucket: Bucket = newBucket(limit, time.now());
  let asked = 0;
  const turnstiles = Array.from({ length: 4 }, () =>
    openTurnstile({
      now: time.now,
      wait: time.wait,
      take: (want, urgency) => {
        asked += 1;
        const taken = takeFrom(bucket, { want, urgency, now: time.now() });
        ({ bucket } = taken);
        return Promise.resolve({ ...taken, usableUntil: time.now() + leaseMs });
      },
    }),
  );
  const arrivals: { at: number; urgency: Urgency; waited: number }[] = [];
  const work = async ({ urgency, thinks, travels, process }: Worker): Promise<void> => {
    while (time.now() < end) {
      const began = time.now();
      try {
        await turnstiles[process]?.pass(urgency);
        arrivals.push({ at: time.now() + travels, urgency, waited: time.now() - began });
      } catch {
        // Out of patience: tries again, as a job would.
      }
      await time.wait(Math.max(1, thinks));
    }
  };
  for (const worker of workers) void work(worker);
  await time.runUntil(end);
  return { arrivals: arrivals.sort((a, b) => a.at - b.at), asked, began: end - seconds * 1000 };
}

const mostInWindow = (times: readonly number[], width: number): number => {
  let most = 0;
  for (let first = 0, last = 0; last < times.length; last += 1) {
    while ((times[last] ?? 0) - (times[first] ?? 0) >= width) first += 1;
    most = Math.max(most, last - first + 1);
  }
  return most;
};

describe('a bucket', () => {
  it('keeps its limit in any window, whoever asks whenever', async () => {
    const worker = fc.record({
      urgency: fc.constantFrom<Urgency>('interactive', 'background'),
      thinks: fc.oneof(fc.nat(40), fc.nat(3000)),
      travels: fc.nat(149),
      process: fc.nat(3),
    });
    const limits = fc.constantFrom(
      hubspot,
      { max: 110, intervalMs: 10_000 },
      { max: 4, intervalMs: 1000 },
      { max: 1, intervalMs: 1000 },
    );
    await fc.assert(
      fc.asyncProperty(fc.array(worker, { minLength: 1, maxLength: 12 }), limits, async (workers, limit) => {
        const { arrivals } = await simulate(workers, limit, 25);
        const times = arrivals.map(({ at }) => at);
        expect(mostInWindow(times, limit.intervalMs)).toBeLessThanOrEqual(limit.max);
      }),
      { numRuns: 40 },
    );
  });

  it.each([1, 4])('is used to more than 90 % by background work in %i processes', async processes => {
    const workers = Array.from({ length: processes * 3 }, (_, i) => ({
      urgency: 'background' as const,
      thinks: 20,
      travels: 5,
      process: i % processes,
    }));
    const { arrivals, asked, began } = await simulate(workers, hubspot, 60);
    const steady = arrivals.filter(({ at }) => at >= began + 10_000);
    expect(steady.length / 5).toBeGreaterThanOrEqual(0.9 * hubspot.max);
    expect(asked).toBeLessThan(arrivals.length * 2);
  });

  it('lets one worker that reads page after page ask only for every few requests', async () => {
    const reader = { urgency: 'background' as const, thinks: 15, travels: 5, process: 0 };
    const { arrivals, asked, began } = await simulate([reader], hubspot, 60);
    expect(arrivals.filter(({ at }) => at >= began + 10_000).length / 5).toBeGreaterThanOrEqual(
      0.9 * hubspot.max,
    );
    expect(asked).toBeLessThan(arrivals.length * 0.6);
  });

  it('catches up on what was left while its reader was busy', async () => {
    const time = virtualTime();
    let bucket = newBucket(hubspot, time.now());
    let sent = 0;
    const until = time.now() + 60_000;
    for (let now = time.now(), round = 0; now < until; round += 1) {
      const taken = takeFrom(bucket, { want: 1, urgency: 'background', now });
      ({ bucket } = taken);
      sent += taken.granted;
      // Every so often it stores what it has read, for most of a second.
      now += round % 20 === 19 ? 600 : Math.max(1, taken.waitMs);
    }
    expect(sent / 6).toBeGreaterThanOrEqual(0.9 * hubspot.max);
  });

  it('serves who is waited for before a backfill that never rests', async () => {
    const backfill = Array.from({ length: 8 }, (_, i) => ({
      urgency: 'background' as const,
      thinks: 5,
      travels: 5,
      process: i % 3,
    }));
    const person = { urgency: 'interactive' as const, thinks: 400, travels: 5, process: 0 };
    const { arrivals } = await simulate([...backfill, person]);
    const waits = arrivals.filter(({ urgency }) => urgency === 'interactive').map(({ waited }) => waited);
    expect(waits.length).toBeGreaterThan(80);
    expect(Math.max(...waits)).toBeLessThanOrEqual(130);
  });

  it('always has room for one request in the end, and keeps little of what was', () => {
    const limits = fc.record({
      max: fc.integer({ min: 1, max: 500 }),
      intervalMs: fc.integer({ min: 1000, max: 20_000 }),
    });
    fc.assert(
      fc.property(limits, limit => {
        let bucket = newBucket(limit, 0);
        let now = 0;
        let sent = 0;
        while (now < 3 * (limit.intervalMs + 1000)) {
          const taken = takeFrom(bucket, { want: 1, urgency: 'background', now });
          ({ bucket } = taken);
          sent += taken.granted;
          now += Math.max(1, taken.waitMs);
          expect(bucket.taken.length).toBeLessThan(600);
        }
        expect(sent).toBeGreaterThan(2.5 * Math.floor(limit.max * 0.9));
      }),
      { numRuns: 30 },
    );
  });

  it('takes the CRM’s count for its own', () => {
    const bucket = newBucket(hubspot, 0);
    expect(isNews(bucket, { ...hubspot, remaining: 100 })).toBe(false);
    expect(isNews(bucket, { ...hubspot, remaining: 1 })).toBe(true);
    const spent = correct(bucket, { max: 100, intervalMs: 10_000, remaining: 0 }, 0);
    expect(takeFrom(spent, { want: 1, urgency: 'interactive', now: 999 })).toMatchObject({
      granted: 0,
      waitMs: 1,
    });
    const later = takeFrom(spent, { want: 99, urgency: 'interactive', now: 10_000 });
    expect(later.granted).toBe(paceOf({ max: 100, intervalMs: 10_000 }).size);
  });

  it('is silent as long as it is asked to be, and begins anew with an empty bucket', () => {
    const bucket = block(block(newBucket(hubspot, 0), 7000), 3000);
    expect(takeFrom(bucket, { want: 1, urgency: 'interactive', now: 10 })).toMatchObject({
      granted: 0,
      waitMs: 6990,
    });
    expect(takeFrom(bucket, { want: 1, urgency: 'interactive', now: 7000 }).granted).toBe(1);
  });

  it('gives nothing twice to a process whose clock is behind', () => {
    const first = takeFrom(newBucket(hubspot, 1000), { want: 99, urgency: 'interactive', now: 1000 });
    const behind = takeFrom(first.bucket, { want: 1, urgency: 'interactive', now: 0 });
    expect(behind.granted).toBe(0);
    expect(takeFrom(behind.bucket, { want: 1, urgency: 'interactive', now: 1000 }).granted).toBe(0);
  });
});
