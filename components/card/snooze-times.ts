import { fromWallClock, toWallClock } from '#components/ui/time-format.ts';

/** Nine in the morning of the viewer, `days` from today; null only for a clock that cannot be read. */
function nineIn(days: number, now: number, zone: string): string | null {
  const today = new Date(`${toWallClock(new Date(now).toISOString(), zone).slice(0, 10)}T00:00:00.000Z`);
  today.setUTCDate(today.getUTCDate() + days);
  return fromWallClock(`${today.toISOString().slice(0, 10)}T09:00`, zone);
}

/**
 * Times until which a suggestion can be put off, in the viewer's zone: tomorrow and the Monday after it, both at nine.
 */
export function snoozeTimes(now: number, zone: string): { label: string; until: string }[] {
  const wall = toWallClock(new Date(now).toISOString(), zone);
  const weekday = new Date(`${wall.slice(0, 10)}T00:00:00.000Z`).getUTCDay();
  const times = [
    { label: 'Tomorrow', until: nineIn(1, now, zone) },
    { label: 'Next week', until: nineIn(weekday === 0 ? 8 : 8 - weekday, now, zone) },
  ];
  return times.flatMap(({ label, until }) => (until === null ? [] : [{ label, until }]));
}
