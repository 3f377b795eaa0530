import type { SeedValue } from '#lib/crm/sandbox/seed.ts';
import { iso } from './calendar.ts';

/** The values of one record's properties over time, while its story is still being told. */
export type Track = Map<string, { value: string; at: number }[]>;

/** Notes a value set at `at` (ms); a value equal to the one before leaves no entry, as in the CRM. */
export function set(track: Track, property: string, value: string, at: number): void {
  const entries = track.get(property) ?? [];
  track.set(property, entries);
  const last = entries.at(-1);
  if (last && last.at >= at) throw new RangeError(`${property} set at ${iso(at)}, not after ${iso(last.at)}`);
  if (last?.value !== value) entries.push({ value, at });
}

export const current = (track: Track, property: string): string | undefined =>
  track.get(property)?.at(-1)?.value;

/** Newest values and whole history as they stood at `now`. */
export function settle(
  track: Track,
  now: number,
): { properties: Record<string, string>; history: Record<string, SeedValue[]> } {
  const properties: Record<string, string> = {};
  const history: Record<string, SeedValue[]> = {};
  for (const [name, all] of track) {
    const known = all.filter(entry => entry.at <= now);
    const newest = known.at(-1);
    if (!newest) continue;
    properties[name] = newest.value;
    history[name] = known.map(entry => ({ value: entry.value, at: iso(entry.at) }));
  }
  return { properties, history };
}
