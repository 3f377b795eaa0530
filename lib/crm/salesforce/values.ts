import { toInstant, type Instant } from '#lib/core/time.ts';
import type { WireField } from './describe.ts';

const numbers = new Set(['int', 'long', 'double', 'currency', 'percent']);

/**
 * A value as text, the same whether Salesforce gave it as JSON or, from Bulk, as CSV: numbers without idle zeros, times
 * as instants, days as days, an empty text as null. What its type does not fit stays as it is, to be seen.
 */
export function textOf(value: unknown, type: WireField['type'] | undefined): string | null {
  if (value === null || value === undefined || value === '') return null;
  if (typeof value === 'object') return JSON.stringify(value);
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  if (type === 'datetime') return instantOf(text) ?? text;
  if (type !== undefined && numbers.has(type) && Number.isFinite(Number(text))) return decimal(text);
  return text;
}

const decimal = (text: string): string => {
  const short = String(Number(text));
  // A number too long for a double keeps its digits.
  return /e/i.test(short) || text.replaceAll(/[^\d]/g, '').length > 15 ? text : short;
};

/** A time as Salesforce writes it, by its interfaces in two ways; null when it is none. */
export function instantOf(text: unknown): Instant | null {
  if (typeof text !== 'string' || text === '') return null;
  const time = Date.parse(text);
  return Number.isNaN(time) ? null : toInstant(time);
}
