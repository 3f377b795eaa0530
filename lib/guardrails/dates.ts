/** A calendar day; a year where one is written. */
export type Day = { day: number; month: number; year: number | null };

const names = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');
const name =
  '(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)';
const patterns: [
  RegExp,
  (m: RegExpMatchArray) => [string | undefined, string | undefined, string | undefined],
][] = [
  [/\b(\d{4})-(\d{2})-(\d{2})\b/g, m => [m[3], m[2], m[1]]],
  [/\b(\d{1,2})\.(\d{1,2})\.(\d{4}|\d{2}\b)?/g, m => [m[1], m[2], m[3]]],
  [
    new RegExp(`\\b(\\d{1,2})(?:st|nd|rd|th)?(?: of)? ${name}\\b\\.?(?:,? (\\d{4})\\b)?`, 'gi'),
    m => [m[1], m[2], m[3]],
  ],
  [
    new RegExp(`\\b${name}\\.? (\\d{1,2})(?:st|nd|rd|th)?\\b(?:,? (\\d{4})\\b)?`, 'gi'),
    m => [m[2], m[1], m[3]],
  ],
];

const monthOf = (text: string): number =>
  /^\d+$/.test(text) ? Number(text) : names.indexOf(text.slice(0, 3).toLowerCase()) + 1;

/** Days written in a text. `rest`, where given, receives the text without them. */
export function daysOf(text: string, rest?: (text: string) => void): Day[] {
  const days: Day[] = [];
  let left = text;
  for (const [pattern, read] of patterns)
    left = left.replaceAll(pattern, (...args: unknown[]) => {
      const match = args.slice(0, -2) as unknown as RegExpMatchArray;
      const [day, month, year] = read(match);
      const found = { day: Number(day), month: monthOf(month ?? ''), year: year ? Number(year) : null };
      if (found.month < 1 || found.month > 12 || found.day < 1 || found.day > 31) return match[0];
      days.push(found);
      return ' ';
    });
  rest?.(left);
  return days;
}

export const sameDay = (a: Day, b: Day): boolean =>
  a.day === b.day &&
  a.month === b.month &&
  (a.year === null || b.year === null || a.year % 100 === b.year % 100);
