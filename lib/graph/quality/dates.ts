import { DAY_MS } from '#lib/core/time.ts';
import { quoted, type Value, type ValueRule } from './rule.ts';

/** Fields that hold a date, whatever stands in them. */
const holdsDate = /(?:date|timestamp|birthday)$|(?:^|_)dob$/;
/** Dates that may lie ahead. */
const mayLieAhead =
  /next|due|plan|renew|expir|until|end|target|follow|close|start|schedul|event|deadline|valid|contract/;
/** Dates that may lie before there were CRMs. */
const mayBeOld = /birth|dob|found|since|establish|incorporat/;

const earliest = Date.UTC(1990, 0);
const earliestOfOld = Date.UTC(1600, 0);
const farAhead = 10 * 366 * DAY_MS;

/** A date in milliseconds since 1970; null where the text is not written as one, NaN where no calendar has it. */
function timeIn({ field, value }: Value): number | null {
  const text = value.trim();
  if (holdsDate.test(field) && /^-?\d{1,16}$/.test(text)) return new Date(Number(text)).getTime();
  const day = /^(\d{4,6})-(\d{2})-(\d{2})(?:[T ]|$)/.exec(text);
  if (!day) return null;
  // A day that the month does not have would be taken for one of the next month.
  const [year, month, date] = [Number(day[1]), Number(day[2]), Number(day[3])];
  const real = new Date(Date.UTC(2000, 0, 1)).setUTCFullYear(year, month - 1, date);
  return new Date(real).getUTCDate() === date && month <= 12 ? Date.parse(text) : Number.NaN;
}

const readable = (value: Value): number | null => {
  const time = timeIn(value);
  return time === null || Number.isNaN(time) ? null : time;
};

const dayOf = (time: number): string => new Date(time).toISOString().replace(/T.*/, '');

export const dateRules: ValueRule[] = [
  {
    name: 'date-unreadable',
    concerns: () => true,
    oddity: given => {
      const time = timeIn(given);
      const unreadable =
        time === null
          ? holdsDate.test(given.field) && Number.isNaN(Date.parse(given.value))
          : Number.isNaN(time);
      return unreadable ? `is not a day of the calendar: ${quoted(given.value)}` : null;
    },
  },
  {
    name: 'date-in-the-past-century',
    concerns: () => true,
    oddity: given => {
      const time = readable(given);
      if (time === null || time >= (mayBeOld.test(given.field) ? earliestOfOld : earliest)) return null;
      const year = new Date(time).getUTCFullYear();
      return `is in ${year}: ${dayOf(time)}${year === 1970 ? ', where computers begin to count' : ''}`;
    },
  },
  {
    name: 'date-in-the-future',
    concerns: field => !mayLieAhead.test(field),
    oddity: given => {
      const time = readable(given);
      // A day begins elsewhere before it does here.
      return time !== null && time > given.asOf + DAY_MS ? `is in the future: ${dayOf(time)}` : null;
    },
  },
  {
    name: 'date-far-ahead',
    concerns: field => mayLieAhead.test(field),
    oddity: given => {
      const time = readable(given);
      return time !== null && time > given.asOf + farAhead
        ? `is more than ten years ahead: ${dayOf(time)}`
        : null;
    },
  },
];
