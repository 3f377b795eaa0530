import type { Fact } from '#lib/core/fact.ts';

/** A CRM's decimal notation; null for anything else ("1,200", "about 5", ""). */
export function numberOf(fact: Fact | null): number | null {
  const text = fact?.value?.trim() ?? '';
  if (!/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text)) return null;
  const number = Number(text);
  return Number.isFinite(number) ? number : null;
}

/** Rounded to six significant digits, so that a stored value equals a rebuilt one on every machine. */
export const rounded = (value: number): number => Number(value.toPrecision(6));

/** Throws on an empty list: a median of nothing is a bug of the caller. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle];
  const lower = sorted[sorted.length % 2 === 0 ? middle - 1 : middle];
  if (upper === undefined || lower === undefined) throw new RangeError('median of an empty list');
  return (lower + upper) / 2;
}
