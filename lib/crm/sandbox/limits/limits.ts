import { z } from 'zod';
import type { Store } from '#lib/crm/sandbox/store/open-store.ts';

export const limitsBody = z.object({
  perTenSeconds: z.number().int().min(1).default(190),
  searchPerSecond: z.number().int().min(1).default(5),
  daily: z.number().int().min(1).default(650_000),
  /** Says in a refusal how many seconds to wait. */
  retryAfter: z.boolean().default(false),
});

/** How many requests are let through, as an admin set it. */
export type Limits = z.infer<typeof limitsBody>;

export type Policy = 'TEN_SECONDLY_ROLLING' | 'SECONDLY' | 'DAILY';

export const TEN_SECONDS = 10_000;
const SECOND = 1_000;
const DAY = 86_400_000;

/** A window that moves with the clock: it remembers when each request was let through, oldest first. */
class RollingWindow {
  #times: number[] = [];
  #first = 0;
  readonly #span: number;

  constructor(span: number) {
    this.#span = span;
  }

  /** How many were let through in the window that ends at `now`. A clock that was set back forgets what is ahead. */
  count(now: number): number {
    if ((this.#times.at(-1) ?? now) > now) this.#times = this.#times.filter(time => time <= now);
    while (this.#first < this.#times.length && (this.#times[this.#first] ?? 0) <= now - this.#span) {
      this.#first += 1;
    }
    if (this.#first > 1_000) {
      this.#times = this.#times.slice(this.#first);
      this.#first = 0;
    }
    return this.#times.length - this.#first;
  }

  add(now: number): void {
    this.#times.push(now);
  }

  /** Milliseconds until the oldest request leaves the window. */
  wait(now: number): number {
    return (this.#times[this.#first] ?? now) + this.#span - now;
  }
}

export type Meter = {
  limits: Limits;
  /** By app: HubSpot counts the ten seconds for each app, searches and the day for the account. */
  tenSeconds: Map<string, RollingWindow>;
  search: RollingWindow;
  day: { number: number; used: number };
};

const meters = new WeakMap<Store, Meter>();

/** Switches limits on with empty counts, or off. */
export function setLimits(store: Store, limits: Limits | undefined): void {
  if (!limits) meters.delete(store);
  else {
    const day = { number: Math.floor(store.now() / DAY), used: 0 };
    meters.set(store, { limits, tenSeconds: new Map(), search: new RollingWindow(SECOND), day });
  }
}

export function meterOf(store: Store): Meter | undefined {
  return meters.get(store);
}

export type Reading = {
  refused?: { policy: Policy; waitMs: number };
  remaining: number;
  dailyRemaining: number;
};

/** Counts a request unless a limit refuses it; refused ones count for nothing. */
export function meterRequest(meter: Meter, caller: string, search: boolean, now: number): Reading {
  const { limits, tenSeconds, day } = meter;
  const today = Math.floor(now / DAY);
  if (day.number !== today) Object.assign(day, { number: today, used: 0 });
  const window = tenSeconds.get(caller) ?? new RollingWindow(TEN_SECONDS);
  tenSeconds.set(caller, window);
  const used = window.count(now);
  const left = () => ({
    remaining: Math.max(0, limits.perTenSeconds - window.count(now)),
    dailyRemaining: Math.max(0, limits.daily - day.used),
  });
  if (day.used >= limits.daily) {
    return { refused: { policy: 'DAILY', waitMs: (today + 1) * DAY - now }, ...left() };
  }
  if (used >= limits.perTenSeconds) {
    return { refused: { policy: 'TEN_SECONDLY_ROLLING', waitMs: window.wait(now) }, ...left() };
  }
  if (search && meter.search.count(now) >= limits.searchPerSecond) {
    return { refused: { policy: 'SECONDLY', waitMs: meter.search.wait(now) }, ...left() };
  }
  window.add(now);
  if (search) meter.search.add(now);
  day.used += 1;
  return left();
}
