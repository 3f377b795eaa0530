const DAY = 86_400_000;

type Unit = 'DAYS' | 'WEEKS' | 'MONTHS' | 'QUARTERS' | 'YEARS';

/** Midnight UTC of the day on which the unit around `at`, moved by `steps` units, begins. Weeks begin on Sunday. */
function startOf(unit: Unit, at: Date, steps: number): number {
  const [year, month, date] = [at.getUTCFullYear(), at.getUTCMonth(), at.getUTCDate()];
  const starts: Record<Unit, [number, number, number]> = {
    DAYS: [year, month, date + steps],
    WEEKS: [year, month, date - at.getUTCDay() + 7 * steps],
    MONTHS: [year, month + steps, 1],
    QUARTERS: [year, Math.floor(month / 3) * 3 + 3 * steps, 1],
    YEARS: [year + steps, 0, 1],
  };
  return Date.UTC(...starts[unit]);
}

/** The days that a date literal means, from its first midnight (UTC, the org's day) to the one after its last. */
export function periodOf(name: string, n: number, now: number): { from: number; to: number } {
  const at = new Date(now);
  const around = (unit: Unit, first: number, end: number) => ({
    from: startOf(unit, at, first),
    to: startOf(unit, at, end),
  });
  const single = { YESTERDAY: -1, TODAY: 0, TOMORROW: 1 }[name];
  if (single !== undefined) return around('DAYS', single, single + 1);
  if (name === 'LAST_90_DAYS') return around('DAYS', -90, 1);
  if (name === 'NEXT_90_DAYS') return around('DAYS', 1, 91);
  const parts = name.split('_');
  const count = Math.min(n, 100_000);
  if (parts[0] === 'N') {
    const unit = parts[1] as Unit;
    const { from } = around(unit, -count, 0);
    return unit === 'DAYS' ? { from, to: from + DAY } : around(unit, -count, 1 - count);
  }
  if (parts[1] === 'N') {
    const unit = parts[2] as Unit;
    if (parts[0] === 'LAST') return around(unit, -count, unit === 'DAYS' ? 1 : 0);
    return around(unit, 1, count + 1);
  }
  const step = { LAST: -1, THIS: 0, NEXT: 1 }[parts[0] as 'LAST' | 'THIS' | 'NEXT'];
  return around(`${parts[1]}S` as Unit, step, step + 1);
}
