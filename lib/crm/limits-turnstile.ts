import { AppError } from '#lib/core/errors.ts';
import type { Urgency } from './limits-bucket.ts';

/** What was taken from the shared bucket: requests to send before a time, or how long to wait. */
export interface Grant {
  granted: number;
  /** Milliseconds since 1970. */
  usableUntil: number;
  waitMs: number;
}

export interface TurnstileParts {
  /** Takes from what all processes share. What it throws goes to everybody who waits. */
  take: (want: number, urgency: Urgency) => Promise<Grant>;
  /** Milliseconds since 1970. */
  now: () => number;
  /** Waits; resolves early when the signal is aborted. */
  wait: (milliseconds: number, signal: AbortSignal) => Promise<void>;
}

/** How long a request waits for its turn before it is refused, in milliseconds. */
export const patience: Record<Urgency, number> = { interactive: 10_000, background: 60_000 };

interface Waiter {
  urgency: Urgency;
  waited: number;
  resolve: () => void;
  reject: (error: unknown) => void;
}

/**
 * Where requests of one process queue for a shared bucket. One at a time asks the bucket, for all who wait: those that
 * somebody waits for first, then the others in order. What a lease leaves over is passed on without asking.
 */
export function openTurnstile({ take, now, wait }: TurnstileParts) {
  const queue: Waiter[] = [];
  let kept = { tokens: 0, until: 0 };
  let turning = false;
  /** Ended early when somebody comes who is waited for: background work may rest for long. */
  let backgroundRest: AbortController | null = null;

  const next = (): Urgency =>
    queue.some(({ urgency }) => urgency === 'interactive') ? 'interactive' : 'background';

  /** The first in line leaves it: whoever somebody waits for, else whoever came first. */
  const release = (): boolean => {
    const first = queue.findIndex(({ urgency }) => urgency === next());
    const [waiter] = first < 0 ? [] : queue.splice(first, 1);
    waiter?.resolve();
    return waiter !== undefined;
  };

  const refuse = (which: (waiter: Waiter) => boolean, error: unknown): void => {
    const [refused, others] = [queue.filter(which), queue.filter(waiter => !which(waiter))];
    queue.splice(0, queue.length, ...others);
    for (const waiter of refused) waiter.reject(error);
  };

  const turn = async (): Promise<void> => {
    const urgency = next();
    const grant = await take(queue.filter(waiter => waiter.urgency === urgency).length, urgency);
    if (grant.granted > 0) {
      // One that took too long to come is lost: used late, it would fall into another window.
      let tokens = now() < grant.usableUntil ? grant.granted : 0;
      while (tokens > 0 && release()) tokens -= 1;
      kept = { tokens, until: grant.usableUntil };
      return;
    }
    refuse(
      waiter => waiter.urgency === urgency && waiter.waited + grant.waitMs > patience[urgency],
      limited(grant.waitMs),
    );
    if (queue.length === 0) return;
    const resting = new AbortController();
    if (urgency === 'background') backgroundRest = resting;
    const longest = Math.max(1, Math.min(grant.waitMs, patience.background));
    const before = now();
    await wait(longest, resting.signal);
    backgroundRest = null;
    // By the timer, not the clock: patience must end even where time stands still.
    const waited = resting.signal.aborted ? Math.max(0, now() - before) : longest;
    for (const waiter of queue) waiter.waited += waited;
  };

  const keepTurning = async (): Promise<void> => {
    turning = true;
    try {
      while (queue.length > 0) await turn();
    } catch (error) {
      refuse(() => true, error);
    } finally {
      turning = false;
    }
  };

  return {
    /** Gives up what is left of a lease: the CRM has just asked for silence. */
    drop(): void {
      kept = { tokens: 0, until: 0 };
    },

    /** Waits for a turn. Throws AppError('limited') with `retryAfterMs` when that would take longer than its patience. */
    pass(urgency: Urgency): Promise<void> {
      if (kept.tokens > 0 && (queue.length === 0 || urgency === 'interactive')) {
        kept.tokens -= 1;
        if (now() < kept.until) return Promise.resolve();
        kept.tokens = 0;
      }
      return new Promise((resolve, reject) => {
        queue.push({ urgency, waited: 0, resolve, reject });
        if (urgency === 'interactive') backgroundRest?.abort();
        if (!turning) void keepTurning();
      });
    },
  };
}

export type Turnstile = ReturnType<typeof openTurnstile>;

export const limited = (waitMs: number): AppError =>
  new AppError(
    'limited',
    `The CRM's request limit is used up for now: another ${Math.ceil(waitMs / 1000)} s to wait. Sidecard tries again later.`,
    { retryAfterMs: Math.ceil(waitMs) },
  );
