import { nextHoliday } from '../holidays.ts';
import { PLACE_FIELDS, placeOf } from '../place.ts';
import { evidenceOf, type Visible } from '../see.ts';
import type { FeatureDefinition, FeatureGroup } from '../types.ts';

const WEEKDAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const SHORT = new Map(WEEKDAYS.map(day => [day.slice(0, 3), day]));

/** Where Friday and Saturday are the days off (Unicode CLDR, weekend data). */
const FRIDAY_OFF = new Set('BH DZ EG IL IQ JO KW LY OM QA SA SD SY YE'.split(' '));
const [FROM, TO] = [8, 18];

const unknown = { value: null, text: 'It is not known in which time zone they are', evidence: [] };
const nowhere = { value: null, text: 'It is not known in which country they are', evidence: [] };

const isDayOff = (weekday: string, country: string | null): boolean =>
  weekday === 'Sat' || weekday === (country !== null && FRIDAY_OFF.has(country) ? 'Fri' : 'Sun');

/** The next public holiday where they are, today or in the next seven days. */
function holidayOf(seen: Visible): ReturnType<typeof nextHoliday> {
  const { time, country } = seen.once(placeOf);
  const today = time?.date ?? new Date(seen.asOf).toISOString().slice(0, 10);
  return country === null ? null : nextHoliday(country, today, 7);
}

/** Of the moment, and not of the record: a model that learns from closed leads would learn when it was run. */
const uses: FeatureDefinition['uses'] = ['routing', 'drafting'];

export const seasonality: FeatureGroup = {
  name: 'seasonality',
  features: [
    {
      name: 'hour_now',
      kind: 'numeric',
      unit: 'hour of the day, UTC',
      meaning: 'The hour at which we look',
      privacy: 'none',
      sources: [],
      uses,
      derive: ({ asOf }) => {
        const hour = new Date(asOf).getUTCHours();
        return { value: hour, text: `It is ${hour}:00 or later, UTC`, evidence: [] };
      },
    },
    {
      name: 'weekday_now',
      kind: 'categorical',
      unit: 'category',
      meaning: 'The weekday on which we look, UTC',
      privacy: 'none',
      sources: [],
      uses,
      derive: ({ asOf }) => {
        const day = WEEKDAYS[new Date(asOf).getUTCDay()] ?? null;
        return { value: day, text: `It is ${day}`, evidence: [] };
      },
    },
    {
      name: 'local_hour',
      kind: 'numeric',
      unit: "hour of the day, the recipient's",
      meaning: 'What time it is for the recipient',
      privacy: 'personal',
      sources: PLACE_FIELDS,
      uses,
      derive: seen => {
        const { time, facts } = seen.once(placeOf);
        if (!time) return unknown;
        const day = SHORT.get(time.weekday) ?? time.weekday;
        const text = `It is ${day} between ${time.hour}:00 and ${time.hour + 1}:00 where they are`;
        return { value: time.hour, text, evidence: evidenceOf(...facts) };
      },
    },
    {
      name: 'local_working_time',
      kind: 'numeric',
      unit: '1 when it is',
      meaning: `It is a working day between ${FROM}:00 and ${TO}:00 where the recipient is`,
      privacy: 'personal',
      sources: PLACE_FIELDS,
      uses,
      derive: seen => {
        const { time, country, facts } = seen.once(placeOf);
        if (!time) return unknown;
        const isHoliday = seen.once(holidayOf)?.inDays === 0;
        const isOpen = !isHoliday && !isDayOff(time.weekday, country) && time.hour >= FROM && time.hour < TO;
        const text = isOpen
          ? 'It is working time where they are'
          : 'It is outside working time where they are';
        return { value: isOpen ? 1 : 0, text, evidence: evidenceOf(...facts) };
      },
    },
    {
      name: 'holiday_today',
      kind: 'numeric',
      unit: '1 when it is',
      meaning: 'Today is a public holiday in the country of the recipient',
      privacy: 'personal',
      sources: PLACE_FIELDS,
      uses,
      derive: seen => {
        const { country, facts } = seen.once(placeOf);
        if (country === null) return nowhere;
        const next = seen.once(holidayOf);
        const today = next?.inDays === 0 ? next : null;
        const text = today
          ? `Today is a public holiday where they are: ${today.name}`
          : 'No public holiday there today';
        return { value: today ? 1 : 0, text, evidence: evidenceOf(...facts) };
      },
    },
    {
      name: 'holiday_within_7d',
      kind: 'numeric',
      unit: 'days',
      meaning: 'Days until the next public holiday in the country of the recipient, when it is within 7',
      privacy: 'personal',
      sources: PLACE_FIELDS,
      uses,
      derive: seen => {
        const { country, facts } = seen.once(placeOf);
        if (country === null) return nowhere;
        const next = seen.once(holidayOf);
        if (!next) return { value: null, text: 'No public holiday there within 7 days', evidence: [] };
        const when = next.inDays === 0 ? 'today' : next.inDays === 1 ? 'tomorrow' : `in ${next.inDays} days`;
        return {
          value: next.inDays,
          text: `Public holiday there ${when}: ${next.name}`,
          evidence: evidenceOf(...facts),
        };
      },
    },
  ],
};
