import { quoted, type ValueRule } from './rule.ts';

const isMoney = (field: string): boolean =>
  /(?:^|_)(?:amount|revenue|price|budget|arr|mrr|acv|tcv)(?:$|_)/.test(field) || field === 'annualrevenue';
const isHeadcount = /^num(?:berof)?_?employees$/;
const isAge = /(?:^|_)age(?:$|_in_years)/;
const isCurrency = /^(?:deal_)?currency(?:_?code|_?iso_?code)?$/;

/** Beyond this, cents cannot be counted one by one. */
const mostMoney = Number.MAX_SAFE_INTEGER / 100;
/** Nobody employs more people than three million. */
const mostEmployees = 5_000_000;
const oldest = 120;

/** A number as CRMs write it; NaN for any other text. */
const numberIn = (value: string): number =>
  /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i.test(value.trim()) ? Number(value) : Number.NaN;

const currencies = new Set(Intl.supportedValuesOf('currency'));

export const numberRules: ValueRule[] = [
  {
    name: 'amount-unreadable',
    concerns: isMoney,
    oddity: ({ value }) => (Number.isNaN(numberIn(value)) ? `is not a number: ${quoted(value)}` : null),
  },
  {
    name: 'amount-negative',
    concerns: isMoney,
    oddity: ({ value }) => (numberIn(value) < 0 ? `is below zero: ${quoted(value)}` : null),
  },
  {
    name: 'amount-too-large',
    concerns: isMoney,
    oddity: ({ value }) =>
      Math.abs(numberIn(value)) > mostMoney
        ? `is larger than can be counted exactly: ${quoted(value)}`
        : null,
  },
  {
    name: 'currency-unknown',
    concerns: field => isCurrency.test(field),
    oddity: ({ value }) =>
      !currencies.has(value.trim().toUpperCase()) ? `is not a currency: ${quoted(value)}` : null,
  },
  {
    name: 'headcount-impossible',
    concerns: field => isHeadcount.test(field),
    oddity: ({ value }) => {
      const count = numberIn(value);
      return count < 0 || count > mostEmployees ? `cannot be right: ${quoted(value)}` : null;
    },
  },
  {
    name: 'age-impossible',
    concerns: field => isAge.test(field),
    oddity: ({ value }) => {
      const age = numberIn(value);
      return age < 0 || age > oldest ? `cannot be right: ${quoted(value)}` : null;
    },
  },
];
