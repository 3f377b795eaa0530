/** ISO 4217's code for "no currency": what a deal has whose currency cannot be read. */
export const NO_CURRENCY = 'XXX';

/** Digits after the point of a currency's amounts: 2 for most, 0 for yen, 3 for dinars. */
export const digitsOf = (currency: string): number =>
  currency === NO_CURRENCY
    ? 2
    : (new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ??
      2);

/** An upper-case code of three letters, else "no currency". */
export function readCurrency(code: string): string {
  const upper = code.trim().toUpperCase();
  return /^[A-Z]{3}$/.test(upper) ? upper : NO_CURRENCY;
}

/**
 * Major units as the CRM writes them to minor units, rounded half away from zero; null when it is not a plain decimal
 * number, or too large to be counted exactly. Nothing is guessed: "1,000" and "1e3" are not read.
 */
export function toMinor(amount: string, currency: string): number | null {
  const [, sign = '', whole = '', fraction = ''] = /^([-+]?)(\d+)(?:\.(\d+))?$/.exec(amount.trim()) ?? [];
  if (whole === '') return null;
  const digits = digitsOf(currency);
  const kept = BigInt(whole + fraction.padEnd(digits, '0').slice(0, digits));
  const minor = Number(kept + ((fraction[digits] ?? '0') >= '5' ? 1n : 0n));
  if (!Number.isSafeInteger(minor)) return null;
  return sign === '-' && minor !== 0 ? -minor : minor;
}

/** Minor units, possibly fractions of them after weighting, to major units with the currency's digits. */
export const toMajor = (minor: number, currency: string): number =>
  Math.round(minor) / 10 ** digitsOf(currency);
