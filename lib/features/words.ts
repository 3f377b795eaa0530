/** "never", "once", "2 times". */
export const times = (count: number): string =>
  count === 0 ? 'never' : count === 1 ? 'once' : `${count} times`;

/** "1 meeting", "3 meetings". */
export const counted = (count: number, noun: string, plural = `${noun}s`): string =>
  `${count} ${count === 1 ? noun : plural}`;

/** "in the last 24 hours", "yesterday", "12 days ago". `days` is not negative. */
export function ago(days: number): string {
  const whole = Math.floor(days);
  return whole === 0 ? 'in the last 24 hours' : whole === 1 ? 'yesterday' : `${whole} days ago`;
}

/** "within 24 hours", "tomorrow", "in 12 days". `days` is not negative. */
export function ahead(days: number): string {
  const whole = Math.floor(days);
  return whole === 0 ? 'within 24 hours' : whole === 1 ? 'tomorrow' : `in ${whole} days`;
}

const grouped = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });

/** "1,200". */
export const inFull = (value: number): string => grouped.format(value);

/** "40 minutes", "5 hours", "3 days". */
export function lasting(hours: number): string {
  if (hours < 1) return counted(Math.max(1, Math.round(hours * 60)), 'minute');
  return hours < 48 ? counted(Math.round(hours), 'hour') : counted(Math.round(hours / 24), 'day');
}

/** Words from a record, fit for one line: at most `length` units, no control characters, no half characters. */
export function oneLine(words: string, length = 60): string {
  const clean = words
    .slice(0, 10 * length)
    .toWellFormed()
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
    .trim();
  if (clean.length <= length) return clean;
  return `${clean.slice(0, length - 1).replace(/[\uD800-\uDBFF]$/, '')}…`;
}
