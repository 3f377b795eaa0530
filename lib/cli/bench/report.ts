import type { Figure } from './figure.ts';

/** Three significant digits; whole numbers from a hundred on. */
export function short(value: number): string {
  if (!Number.isFinite(value)) return '–';
  return value >= 100 ? Math.round(value).toLocaleString('en') : String(Number(value.toPrecision(3)));
}

const withUnit = (value: number, unit: Figure['unit']): string =>
  unit === 'per second' ? `${short(value)}/s` : `${short(value)} ${unit}`;

/** One line for people: what, its figure, the baseline's, and how many times as long it takes. */
export function lineOf({ what, value, unit, baseline, ratio, note }: Figure): string {
  const left = `  ${what.padEnd(58)} ${withUnit(value, unit).padStart(11)}`;
  const right = `${short(ratio).padStart(7)} ×  ${baseline.what}: ${withUnit(baseline.value, unit)}`;
  return `${left} ${right}${note === null ? '' : `; ${note}`}`;
}
