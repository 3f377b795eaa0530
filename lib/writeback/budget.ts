import { DAY_MS } from '#lib/core/time.ts';

export const budgetWindowMs = 7 * DAY_MS;

/**
 * The most touches that any seven days around a new one already hold. Looking back alone is not enough: touches are
 * planned ahead, and one placed before them counts into their week. Times in milliseconds, any order.
 */
export function fullestWeekAround(at: number, taken: readonly number[]): number {
  const near = taken.filter(time => Math.abs(time - at) < budgetWindowMs);
  const starts = [...near.filter(time => time <= at), at];
  const heldFrom = (start: number) =>
    near.filter(time => time >= start && time < start + budgetWindowMs).length;
  return Math.max(...starts.map(heldFrom));
}
