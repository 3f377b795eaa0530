/** What the clock on a wall shows. `date` is written as in 2026-11-20. */
export type LocalTime = { weekday: string; hour: number; date: string };

const clocks = new Map<string, Intl.DateTimeFormat>();

/** What was read last in each zone: many records are looked at in one moment. */
const latest = new Map<string, { minute: number; shown: LocalTime }>();

/** Weekday (Mon …), hour and day on the wall clock of a zone. Throws RangeError where no such zone exists. */
export function localTime(at: Date, zone: string): LocalTime {
  const minute = Math.floor(at.getTime() / 60_000);
  const known = latest.get(zone);
  if (known?.minute === minute) return known.shown;
  const shown = read(at, zone);
  latest.set(zone, { minute, shown });
  return shown;
}

function read(at: Date, zone: string): LocalTime {
  let clock = clocks.get(zone);
  if (!clock) {
    clock = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      weekday: 'short',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: 'numeric',
      hourCycle: 'h23',
    });
    clocks.set(zone, clock);
  }
  const parts = clock.formatToParts(at);
  const part = (type: string) => parts.find(p => p.type === type)?.value ?? '';
  const date = `${part('year').padStart(4, '0')}-${part('month')}-${part('day')}`;
  return { weekday: part('weekday'), hour: Number(part('hour')), date };
}
