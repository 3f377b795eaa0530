import type { Interaction } from '#lib/core/fact.ts';

type Told = Interaction['properties'];

/** The first of some properties of an event that is a number from `least` to `most`, or is written as one. */
export function numberTold(told: Told, names: readonly string[], least: number, most: number): number | null {
  for (const name of names) {
    const value = Object.hasOwn(told, name) ? told[name] : null;
    const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
    if (typeof number === 'number' && number >= least && number <= most) return number;
  }
  return null;
}

/** The first of some properties of an event that holds words; null when none does. */
export function wordsTold(told: Told, names: readonly string[]): string | null {
  for (const name of names) {
    const value = Object.hasOwn(told, name) ? told[name] : null;
    if (typeof value === 'string' && value.trim()) return value;
  }
  return null;
}
