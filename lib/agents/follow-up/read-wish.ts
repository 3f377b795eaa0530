import { isNegated } from './wish-words.ts';
import type { Hours } from './when.ts';

const clock = String.raw`(noon|midday|\d{1,2}(?::\d{2})?(?: ?[ap]\.?m\b)?)`;
const timed = new RegExp(
  String.raw`\b(before|after|until|from|between|mornings?|afternoons?|${clock} ?(?:-|–|to) ?${clock})\b`,
  'i',
);

/** Whether it speaks of a time of day, or of a time that begins or ends. */
export const isTimed = (text: string): boolean => timed.test(text);

/** Minutes after midnight of "noon", "9", "9:30", "3 pm". */
function minutesOf(text: string): number | null {
  if (/noon|midday/i.test(text)) return 12 * 60;
  const found = /^(\d{1,2})(?::(\d{2}))? ?([ap])?/i.exec(text);
  if (!found) return null;
  const half = found[3]?.toLowerCase();
  const hour = Number(found[1]);
  const minutes = (half === 'p' && hour < 12 ? hour + 12 : half === 'a' && hour === 12 ? 0 : hour) * 60;
  const all = minutes + Number(found[2] ?? 0);
  return all >= 0 && all <= 24 * 60 ? all : null;
}

/** Whole hours inside: what begins at 10:30 begins at 11, what ends then ends at 10. */
const hours = (from: number, to: number): Hours | null => {
  const whole = { from: Math.ceil(from / 60), to: Math.floor(to / 60) };
  return whole.from < whole.to ? whole : null;
};

const DAY = 24 * 60;

/** "9:00–17:00", "between 9 and 11", "from 2 pm to 4 pm"; an end that lies before its beginning is in the afternoon. */
export function rangeOf(text: string): Hours | null {
  const found = new RegExp(String.raw`${clock} ?(?:-|–|—|to|until|and|bis) ?${clock}`, 'i').exec(text);
  const from = minutesOf(found?.[1] ?? '');
  const to = minutesOf(found?.[2] ?? '');
  if (from === null || to === null) return null;
  return hours(from, to <= from && to <= 12 * 60 ? to + 12 * 60 : to);
}

/** When somebody may be reached, on their own clock, as a sentence says it; null: it says nothing of that. */
export function windowOf(text: string): Hours | null {
  if (!isTimed(text)) return null;
  const not = isNegated(text);
  const range = rangeOf(text);
  if (range) return not ? null : range;
  const edge = new RegExp(String.raw`\b(before|after|until|from) ${clock}`, 'i').exec(text);
  const at = minutesOf(edge?.[2] ?? '');
  if (edge && at !== null) {
    const early = /before|until/i.test(edge[1] ?? '');
    return early === not ? hours(at, DAY) : hours(0, at);
  }
  if (/\bmornings?\b/i.test(text)) return not ? hours(12 * 60, DAY) : hours(0, 12 * 60);
  if (/\bafternoons?\b/i.test(text)) return not ? hours(0, 12 * 60) : hours(12 * 60, DAY);
  return null;
}

export const greetingOf = (text: string): string | null =>
  /\bgreet\b[^“"]*[“"]([\p{L} ]{2,30})[”"]/iu.exec(text)?.[1]?.trim() ?? null;

export const wantsShort = (text: string): boolean => /\b(short|brief|concise|fewer words)\b/i.test(text);

const dayNames = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];

/** Weekdays of "Mon–Thu", as three letters each; null: the text names no range of days. */
export function daysOf(text: string): string[] | null {
  const found = /\b(mon|tue|wed|thu|fri|sat|sun)[a-z]*\.? ?(?:-|–|to) ?(mon|tue|wed|thu|fri|sat|sun)/i.exec(
    text,
  );
  const [from, to] = [found?.[1], found?.[2]].map(day => dayNames.indexOf(day?.toLowerCase() ?? ''));
  if (from === undefined || to === undefined || from < 0 || to < from) return null;
  return dayNames.slice(from, to + 1);
}
