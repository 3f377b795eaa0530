/** How the dates of one column are written. `unclear`: 03/04/2026 may be in March or in April. */
export type DateOrder = 'iso' | 'dmy' | 'mdy' | 'ymd' | 'excel' | 'unix' | 'unclear';

const numeric =
  /^(\d{1,4})([./-])(\d{1,2})\2(\d{1,4})(?:,?[T ]+(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?\s*([AaPp]\.?[Mm]\.?)?)?$/;
const iso =
  /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?\s*(Z|UTC|[+-]\d{2}:?\d{2})?)?$/;
const months = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');
const worded =
  /^(?:[A-Za-z]{3,9},?\s+)?(?:(\d{1,2})[. -]+([A-Za-z]{3,9})|([A-Za-z]{3,9})\.?\s+(\d{1,2}))[.,]?[ -]+(\d{4})$/;

/** Counts what the values of one column can and cannot be. Only what a column holds decides how its dates are read. */
export class DateEvidence {
  readonly counts = { iso: 0, dmyOnly: 0, mdyOnly: 0, either: 0, ymd: 0, excel: 0, unix: 0, other: 0 };

  add(value: string): void {
    this.counts[kindOf(value.trim())] += 1;
  }

  /** Share of values that are a date in some way. A number counts only where all are numbers. */
  get share(): number {
    const { other, excel, unix, ...dates } = this.counts;
    const written = Object.values(dates).reduce((sum, n) => sum + n, 0);
    const total = written + other + excel + unix;
    if (total === 0) return 0;
    return (written > 0 ? written : excel + unix) / total;
  }

  /** Days and months change places only where no value says which is which, or two contradict each other. */
  get order(): DateOrder {
    const { iso: isoDates, dmyOnly, mdyOnly, either, ymd, excel, unix } = this.counts;
    if (dmyOnly > 0 && mdyOnly > 0) return 'unclear';
    if (dmyOnly > 0) return 'dmy';
    if (mdyOnly > 0) return 'mdy';
    if (either > 0) return 'unclear';
    if (ymd > 0) return 'ymd';
    if (isoDates > 0) return 'iso';
    if (excel > 0 && unix === 0) return 'excel';
    return unix > 0 && excel === 0 ? 'unix' : 'iso';
  }
}

function kindOf(value: string): keyof DateEvidence['counts'] {
  if (iso.test(value)) return parts(value, 'iso') ? 'iso' : 'other';
  if (worded.test(value)) return readWorded(value) ? 'iso' : 'other';
  if (/^\d{5}(?:\.\d+)?$/.test(value))
    return Number(value) >= 20_000 && Number(value) < 80_000 ? 'excel' : 'other';
  if (/^\d{13}$/.test(value)) return 'unix';
  const match = numeric.exec(value);
  if (!match) return 'other';
  if (match[1]?.length === 4) return parts(value, 'ymd') ? 'ymd' : 'other';
  const [dmy, mdy] = [parts(value, 'dmy') !== null, parts(value, 'mdy') !== null];
  if (dmy && mdy) return Number(match[1]) === Number(match[3]) ? 'iso' : 'either';
  return dmy ? 'dmyOnly' : mdy ? 'mdyOnly' : 'other';
}

/**
 * A date as ISO 8601: a day as YYYY-MM-DD, a time in UTC (one without a zone is taken to be UTC). null where it is no
 * date, or not certain which one. Days such as 31 February do not exist and are null.
 */
export function readDate(text: string, order: DateOrder): string | null {
  const value = text.trim();
  if (iso.test(value)) return parts(value, 'iso');
  if (worded.test(value)) return readWorded(value);
  if (order === 'excel' && /^\d{5}(?:\.\d+)?$/.test(value)) return readExcel(Number(value));
  if (order === 'unix' && /^\d{13}$/.test(value)) return new Date(Number(value)).toISOString();
  const match = numeric.exec(value);
  if (!match) return null;
  if (match[1]?.length === 4) return parts(value, 'ymd');
  if (order === 'dmy' || order === 'mdy') return parts(value, order);
  // The first and second of two equal numbers are the same day either way.
  return Number(match[1]) === Number(match[3]) ? parts(value, 'dmy') : null;
}

function parts(value: string, order: 'iso' | 'ymd' | 'dmy' | 'mdy'): string | null {
  if (order === 'iso') {
    const [, y, m, d, hour, minute, second = '0', fraction = '0', zone] = iso.exec(value) ?? [];
    const day = dayOf(Number(y), Number(m), Number(d));
    if (day === null || hour === undefined) return day;
    const ms = Math.floor(Number(`0.${fraction}`) * 1000);
    const time = timeAt(day, Number(hour), Number(minute), Number(second), ms);
    return time && shift(time, zone);
  }
  const [, a, , b, c, hour, minute, second = '0', half] = numeric.exec(value) ?? [];
  const [y, m, d] = order === 'ymd' ? [a, b, c] : order === 'dmy' ? [c, b, a] : [c, a, b];
  const day = dayOf(yearOf(y ?? ''), Number(m), Number(d));
  if (day === null || hour === undefined) return day;
  const afternoon = half?.toLowerCase().startsWith('p') ?? false;
  if (half !== undefined && (Number(hour) < 1 || Number(hour) > 12)) return null;
  const clock = half === undefined ? Number(hour) : (Number(hour) % 12) + (afternoon ? 12 : 0);
  return timeAt(day, clock, Number(minute), Number(second), 0);
}

/** Years of two digits are of 1970 to 2069, as spreadsheets read them within a year or so. */
const yearOf = (text: string): number =>
  text.length === 2
    ? Number(text) + (Number(text) < 70 ? 2000 : 1900)
    : text.length === 4
      ? Number(text)
      : NaN;

function dayOf(y: number, m: number, d: number): string | null {
  if (!(y >= 1 && y <= 9999)) return null;
  const date = new Date(0);
  date.setUTCFullYear(y, m - 1, d);
  return date.getUTCMonth() === m - 1 && date.getUTCDate() === d ? date.toISOString().slice(0, 10) : null;
}

const timeAt = (day: string, h: number, m: number, s: number, ms: number): string | null =>
  h < 24 && m < 60 && s < 60
    ? new Date(Date.parse(day) + ((h * 60 + m) * 60 + s) * 1000 + ms).toISOString()
    : null;

function shift(time: string, zone: string | undefined): string {
  const match = /^([+-])(\d{2}):?(\d{2})$/.exec(zone ?? '');
  if (!match) return time;
  const minutes = (Number(match[2]) * 60 + Number(match[3])) * (match[1] === '-' ? -1 : 1);
  return new Date(Date.parse(time) - minutes * 60_000).toISOString();
}

function readWorded(value: string): string | null {
  const [, dayBefore, monthAfter, monthBefore, dayAfter, year] = worded.exec(value) ?? [];
  const month = months.indexOf((monthAfter ?? monthBefore ?? '').slice(0, 3).toLowerCase()) + 1;
  return month === 0 ? null : dayOf(Number(year), month, Number(dayBefore ?? dayAfter));
}

/** Days since 30 December 1899, as spreadsheets count after February 1900. */
function readExcel(serial: number): string {
  const time = new Date(Date.UTC(1899, 11, 30) + Math.round(serial * 86_400) * 1000).toISOString();
  return Number.isInteger(serial) ? time.slice(0, 10) : time;
}
