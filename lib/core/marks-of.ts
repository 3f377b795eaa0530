import type { Mark } from './erasure.ts';
import { classOf } from './privacy.ts';

/** A value that a record of the person has or had. */
export interface HeldValue {
  object: string;
  name: string;
  value: string;
}

const FIRST = new Set(['firstname', 'firstName']);
const LAST = new Set(['lastname', 'lastName']);
const isDate = (text: string): boolean => /^\d{4}-\d{2}-\d{2}(?:$|T)/.test(text) || /^\d{13}$/.test(text);

/**
 * What tells a person apart in texts: addresses, numbers, whole names, and values of their fields that look like nobody
 * else's (an address, a profile's address, a number of a card). Words that many share are none: a title, a town.
 */
export function marksOf(values: readonly HeldValue[]): { marks: Mark[]; nameParts: string[] } {
  const of = (names: ReadonlySet<string>) =>
    [...new Set(values.filter(({ name }) => names.has(name)).map(({ value }) => value.trim()))].filter(
      Boolean,
    );
  const [first, last] = [of(FIRST), of(LAST)];
  const names = first.flatMap(one => last.map(other => `${one} ${other}`)).filter(isTelling);
  const marks: Mark[] = names.map(text => ({ kind: 'name', text }));
  for (const field of values) {
    const mark = markOf(field);
    if (mark) marks.push(mark);
  }
  return {
    marks: [...new Map(marks.map(mark => [`${mark.kind} ${mark.text.toLowerCase()}`, mark])).values()],
    nameParts: [...first, ...last].filter(part => part.length > 1),
  };
}

const isTelling = (name: string): boolean => name.length >= 5;

function markOf({ object, name, value }: HeldValue): Mark | null {
  const text = value.trim();
  if (/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text)) return { kind: 'email', text };
  const privacy = classOf({ object, name });
  if (privacy === 'public' || privacy === 'business' || text.length > 200 || isDate(text)) return null;
  const digits = text.replaceAll(/\D/g, '');
  if (/phone|mobile|fax|telephone/i.test(name)) return digits.length >= 8 ? { kind: 'phone', text } : null;
  // What many could have is none: a quarter, a version, a number of employees, a date in any writing.
  const tells =
    digits.length >= 6 ||
    (/[/@]/.test(text) && /\p{L}{3}/u.test(text)) ||
    (/address|street/i.test(name) && digits.length > 0);
  if (!tells || text.length < 9) return null;
  return /^[\d\s.,:/-]+$/.test(text) && digits.length < 9 ? null : { kind: 'value', text };
}
