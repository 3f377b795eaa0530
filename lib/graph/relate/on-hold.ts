import { DAY_MS, toInstant, type Instant } from '#lib/core/time.ts';

/** Something that was said about when a purchase can go on. `until`: not before this day; null: no day was named. */
export interface Delay {
  rule: 'on-hold' | 'not-before' | 'budget-frozen';
  index: number;
  length: number;
  until: Instant | null;
}

const MONTHS = 'january february march april may june july august september october november december'.split(
  ' ',
);
const month = String.raw`(?:${MONTHS.join('|')}|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)`;
const when = String.raw`(?:the\s+)?(?:(?:start|beginning|end|middle)\s+of\s+)?(?:the\s+)?(q[1-4](?:\s+(?:of\s+)?(?:20\d\d|next\s+year))?|next\s+(?:year|quarter|fiscal\s+year)|20\d\d-\d\d-\d\d|(?:\d{1,2}(?:st|nd|rd|th)?\s+)?${month}(?:\s+\d{1,2}(?:st|nd|rd|th)?)?(?:,?\s+20\d\d)?|20\d\d)\b`;

const rules: readonly [Delay['rule'], RegExp][] = [
  [
    'on-hold',
    new RegExp(
      String.raw`\b(?:on\s+hold|on\s+ice|paused?|postponed?|pushed|put\s+off|delayed)\b[^.!?\n]{0,40}?\b(?:until|till|to)\s+${when}`,
      'i',
    ),
  ],
  [
    'not-before',
    new RegExp(
      String.raw`\b(?:not|nothing(?:\s+will\s+happen)?|no\s+decision)\s+(?:happen(?:ing)?\s+|possible\s+|likely\s+)?(?:before|until|till)\s+${when}`,
      'i',
    ),
  ],
  [
    'budget-frozen',
    /\b(?:budgets?\s+(?:is|are|was|were|has\s+been|have\s+been|got)\s+(?:now\s+|currently\s+)?frozen|budget\s+freeze|(?:spending|hiring\s+and\s+spending)\s+freeze|froze\s+(?:the|our|all)\s+budgets?)\b/i,
  ],
  ['on-hold', /\b(?:is|are|was|been|be|put(?:ting)?(?:\s+\w+){0,4})\s+on\s+(?:hold|ice)\b/i],
];

/** What a text says of a delay, the day reckoned from when it was said; null: nothing. */
export function delayIn(text: string, saidAt: Instant): Delay | null {
  for (const [rule, pattern] of rules) {
    const found = pattern.exec(text);
    if (!found) continue;
    const named = found[1];
    return {
      rule,
      index: found.index,
      length: found[0].length,
      until: named ? dayOf(named, found[0], saidAt) : null,
    };
  }
  return null;
}

/** The first day of what was named, the next one after it was said: "Q2" said in November is next year's. */
function dayOf(named: string, whole: string, saidAt: Instant): Instant | null {
  const said = new Date(saidAt);
  const words = named.toLowerCase();
  if (/^\d{4}-\d\d-\d\d$/.test(words)) {
    const day = Date.parse(`${words}T00:00:00Z`);
    return Number.isNaN(day) ? null : toInstant(day);
  }
  const year =
    /20\d\d/.exec(words)?.[0] ??
    (words.includes('next year') ? String(said.getUTCFullYear() + 1) : undefined);
  const quarter = /q([1-4])/.exec(words)?.[1];
  const monthAt = MONTHS.findIndex(name => new RegExp(String.raw`\b${name.slice(0, 3)}`).test(words));
  if (/next\s+quarter/.test(words))
    return firstOf(said.getUTCFullYear(), (Math.floor(said.getUTCMonth() / 3) + 1) * 3);
  if (/next/.test(words) && quarter === undefined) return firstOf(said.getUTCFullYear() + 1, 0);
  const ends = /\bend\s+of\b/i.test(whole);
  const first = quarter === undefined ? monthAt : (Number(quarter) - 1) * 3;
  if (first < 0) return year === undefined ? null : firstOf(Number(year) + (ends ? 1 : 0), 0);
  const dayOfMonth =
    quarter === undefined ? Number(/(?<!\d)\d{1,2}(?!\d)/.exec(words.replace(/20\d\d/, ''))?.[0] ?? 1) : 1;
  const length = ends ? (quarter === undefined ? 1 : 3) : 0;
  const at = (y: number): Date => new Date(Date.UTC(y, first + length, ends ? 1 : dayOfMonth));
  if (year !== undefined) return toInstant(at(Number(year)));
  const here = at(said.getUTCFullYear());
  return toInstant(here.getTime() >= said.getTime() - DAY_MS ? here : at(said.getUTCFullYear() + 1));
}

const firstOf = (year: number, monthIndex: number): Instant => toInstant(Date.UTC(year, monthIndex, 1));
