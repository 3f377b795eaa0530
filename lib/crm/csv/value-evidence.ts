import { DateEvidence, type DateOrder } from './dates.ts';

/** What the values of a column look like. */
export const valueTypes = ['email', 'url', 'phone', 'date', 'number', 'money', 'boolean', 'text'] as const;
export type ValueType = (typeof valueTypes)[number];

export interface Evidence {
  type: ValueType;
  /** Share of the filled cells that look like it. */
  share: number;
  filled: number;
  dates: DateOrder;
}

const email = /^[^\s@<>",;]+@[^\s@<>",;]+\.[\p{L}\d-]{2,}$/u;
const url = /^(?:https?:\/\/\S+|(?:(?=[a-z\d-]*[a-z])[a-z\d-]+\.)+[a-z]{2,}(?:\/\S*)?)$/i;
const phone = /^\+?[\d\s()./-]{7,20}(?:\s*(?:x|ext\.?)\s*\d+)?$/i;
const number = /^[+-]?(?:\d+|\d{1,3}(?:[.,' \u00a0\u202f]\d{3})+)(?:[.,]\d+)?$/;
const currency = /^(?:[$€£¥₹]|[A-Z]{3}\b)\s*|\s*(?:[$€£¥₹]|\b[A-Z]{3})$/g;
const boolean = /^(?:true|false|yes|no|y|n|0|1|ja|nein|oui|non|si|sí)$/i;

const looksLike: Readonly<Record<Exclude<ValueType, 'date' | 'text'>, (value: string) => boolean>> = {
  email: value => email.test(value),
  url: value => url.test(value),
  boolean: value => boolean.test(value),
  number: value => number.test(value),
  money: value => value.replaceAll(currency, '') !== value && number.test(value.replaceAll(currency, '')),
  phone: value => phone.test(value) && value.replaceAll(/\D/g, '').length >= 7,
};

/** Fewer than this share of the cells, and the column is text in which some happen to look like it. */
const most = 0.8;

/** Judges some cells of a column; empty ones say nothing. */
export function judgeValues(cells: readonly string[]): Evidence {
  const values = cells.map(cell => cell.trim()).filter(cell => cell !== '');
  const dates = new DateEvidence();
  for (const value of values) dates.add(value);
  const filled = values.length;
  if (filled === 0) return { type: 'text', share: 0, filled, dates: 'iso' };
  const shares: [ValueType, number][] = Object.entries(looksLike).map(([type, test]) => [
    type as ValueType,
    values.filter(test).length / filled,
  ]);
  // Bare numbers are dates only where the column's name says so: a serial day looks like any number.
  const written = dates.order === 'excel' || dates.order === 'unix' ? 0 : dates.share;
  shares.push(['date', written]);
  const order: ValueType[] = ['email', 'date', 'boolean', 'number', 'money', 'phone', 'url'];
  const best = order
    .map(type => [type, shares.find(([name]) => name === type)?.[1] ?? 0] as const)
    .find(([, share]) => share >= most);
  return best
    ? { type: best[0], share: best[1], filled, dates: dates.order }
    : { type: 'text', share: 1, filled, dates: dates.order };
}
