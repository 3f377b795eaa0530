const whole = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 0 });
const percents = new Map<number, Intl.NumberFormat>();

export const formatCount = (n: number): string => whole.format(n);

/** `fraction` in [0, 1] as a percentage. */
export function formatPercent(fraction: number, digits = 0): string {
  let format = percents.get(digits);
  if (!format) {
    format = new Intl.NumberFormat('en-GB', {
      style: 'percent',
      minimumFractionDigits: digits,
      maximumFractionDigits: digits,
    });
    percents.set(digits, format);
  }
  return format.format(fraction);
}

/** A number with a true minus sign and an explicit plus: +12, −7, 0. */
export function formatSigned(n: number): string {
  const text = whole.format(Math.abs(n));
  if (text === '0') return '0';
  return n < 0 ? `−${text}` : `+${text}`;
}

/** Money in major units. A currency code that is not one (CRMs hold such) stands as written behind the number. */
export function formatMoney(amount: number, currency: string): string {
  try {
    return new Intl.NumberFormat('en-GB', { style: 'currency', currency, maximumFractionDigits: 0 }).format(
      amount,
    );
  } catch {
    return `${whole.format(amount)} ${currency}`.trim();
  }
}

/** Money short enough for an axis, e.g. 1.2M. */
export const formatCompact = (amount: number): string =>
  new Intl.NumberFormat('en-GB', { notation: 'compact', maximumFractionDigits: 1 }).format(amount);

/** `1 deal`, `2 deals`. */
export const countOf = (n: number, one: string, many = `${one}s`): string =>
  `${formatCount(n)} ${n === 1 ? one : many}`;

export const formatMilliseconds = (ms: number): string =>
  ms < 1000 ? `${whole.format(ms)} ms` : `${(ms / 1000).toFixed(ms < 10_000 ? 1 : 0)} s`;
