const MINUTE = 60_000;
const formats = new Map<string, Intl.DateTimeFormat>();

function formatter(zone: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = zone + JSON.stringify(options);
  let format = formats.get(key);
  if (!format) {
    format = new Intl.DateTimeFormat('en-GB', { ...options, timeZone: zone });
    formats.set(key, format);
  }
  return format;
}

const isTime = (at: string): boolean => !Number.isNaN(Date.parse(at));

export function isZone(zone: string): boolean {
  try {
    formatter(zone, {});
    return true;
  } catch {
    return false;
  }
}

export const viewerZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC';

/** `22 Nov 2026, 18:25`. What is not a time comes back as it was written. */
export const formatMoment = (at: string, zone: string): string =>
  isTime(at)
    ? formatter(zone, {
        day: 'numeric',
        month: 'short',
        year: 'numeric',
        hour: '2-digit',
        minute: '2-digit',
        hourCycle: 'h23',
      }).format(new Date(at))
    : at;

/** `Tue 24 Nov, 09:30` */
export const formatAppointment = (at: string, zone: string): string =>
  isTime(at)
    ? formatter(zone, {
        weekday: 'short',
        day: 'numeric',
        month: 'short',
        hour: '2-digit',
        minute: '2-digit',
        hourCycle: 'h23',
      }).format(new Date(at))
    : at;

/** `22 Nov 2026` */
export const formatDay = (at: string, zone: string): string =>
  isTime(at) ? formatter(zone, { day: 'numeric', month: 'short', year: 'numeric' }).format(new Date(at)) : at;

const steps: readonly [unit: Intl.RelativeTimeFormatUnit, ms: number, upTo: number][] = [
  ['minute', MINUTE, 60],
  ['hour', 60 * MINUTE, 24],
  ['day', 24 * 60 * MINUTE, 30],
  ['month', 30.44 * 24 * 60 * MINUTE, 12],
  ['year', 365.25 * 24 * 60 * MINUTE, Infinity],
];
const relative = new Intl.RelativeTimeFormat('en-GB', { numeric: 'always' });

/** `3 hours ago`, `in 2 days`; within a minute `just now`. */
export function formatRelative(at: string, now: number): string {
  if (!isTime(at)) return at;
  const distance = Date.parse(at) - now;
  if (Math.abs(distance) < MINUTE) return 'just now';
  for (const [unit, ms, upTo] of steps) {
    const n = Math.round(distance / ms);
    if (Math.abs(n) < upTo) return relative.format(n, unit);
  }
  return at;
}

/** An instant as the wall clock of a zone shows it, in the form that `datetime-local` takes: 2026-11-22T19:25. */
export function toWallClock(at: string, zone: string): string {
  const parts = formatter(zone, {
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(new Date(at));
  const part = (type: string) => parts.find(p => p.type === type)?.value ?? '';
  return `${part('year').padStart(4, '0')}-${part('month')}-${part('day')}T${part('hour')}:${part('minute')}`;
}

/**
 * The instant at which a zone's wall clock shows this time; null when it cannot be read. An hour that a change to summer
 * time skips gives the instant an hour later, one that comes twice gives the first.
 */
export function fromWallClock(wall: string, zone: string): string | null {
  const asUtc = Date.parse(`${wall.slice(0, 16)}:00.000Z`);
  if (Number.isNaN(asUtc)) return null;
  const offsetAt = (time: number) =>
    Date.parse(`${toWallClock(new Date(time).toISOString(), zone)}:00.000Z`) - time;
  const before = offsetAt(asUtc - 24 * 60 * MINUTE);
  const after = offsetAt(asUtc + 24 * 60 * MINUTE);
  const guess = [asUtc - before, asUtc - after].find(time => time + offsetAt(time) === asUtc);
  return new Date(guess ?? asUtc - before).toISOString();
}
