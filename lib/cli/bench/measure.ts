import { setTimeout as sleep } from 'node:timers/promises';
import { quantile } from '#lib/monitor/quantile.ts';

/** One call; told how many there were before it. */
export type Call = (i: number) => unknown;

export interface Pair<T> {
  ours: T;
  bare: T;
}

export const p50 = (milliseconds: readonly number[]): number => quantile(milliseconds, 0.5) ?? Number.NaN;
export const p95 = (milliseconds: readonly number[]): number => quantile(milliseconds, 0.95) ?? Number.NaN;

export async function msOf(work: () => unknown): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

/** Milliseconds of each call, in turns, so that whatever else the machine does falls on both; the first are not counted. */
export async function timesInTurn(
  calls: Pair<Call>,
  { count, warmUp }: { count: number; warmUp: number },
): Promise<Pair<number[]>> {
  const times: Pair<number[]> = { ours: [], bare: [] };
  for (let i = 0; i < warmUp + count; i++)
    for (const side of ['ours', 'bare'] as const) {
      const took = await msOf(() => calls[side](i));
      if (i >= warmUp) times[side].push(took);
    }
  return times;
}

/** Calls a second with so many under way at once: the median of rounds that take turns, after one to warm up. */
export async function ratesInTurn(
  calls: Pair<Call>,
  { count, lanes, rounds = 3 }: { count: number; lanes: number; rounds?: number },
): Promise<Pair<number>> {
  const rates: Pair<number[]> = { ours: [], bare: [] };
  for (let round = 0; round <= rounds; round++)
    for (const side of ['ours', 'bare'] as const) {
      const took = await msOf(() => inLanes(i => calls[side](round * count + i), count, lanes));
      if (round > 0) rates[side].push((1000 * count) / took);
    }
  return { ours: p50(rates.ours), bare: p50(rates.bare) };
}

/** Calls something so many times, never with more than `lanes` under way. */
export async function inLanes(call: Call, count: number, lanes: number): Promise<void> {
  let next = 0;
  const lane = async (): Promise<void> => {
    while (next < count) await call(next++);
  };
  await Promise.all(Array.from({ length: lanes }, lane));
}

/**
 * Milliseconds from when each call was due, at a steady rate of calls a second and in turns: a call that is held up
 * by the one before it has waited too (Tene's "coordinated omission").
 */
export async function timesAtRate(
  calls: Pair<Call>,
  { count, perSecond }: { count: number; perSecond: number },
): Promise<Pair<number[]>> {
  const times: Pair<number[]> = { ours: [], bare: [] };
  const under: Promise<void>[] = [];
  const began = performance.now();
  for (let i = 0; i < 2 * count; i++) {
    const due = began + (1000 * i) / (2 * perSecond);
    const early = due - performance.now();
    if (early > 0) await sleep(early);
    const side = i % 2 === 0 ? 'ours' : 'bare';
    // Timers wake up a little late: that is the machine's doing, and counts on neither side.
    const start = Math.max(due, Math.min(performance.now(), due + 1));
    const one = async (): Promise<void> => {
      await calls[side](Math.floor(i / 2));
      times[side].push(performance.now() - start);
    };
    under.push(one());
  }
  await Promise.all(under);
  return times;
}
