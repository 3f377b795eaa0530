/**
 * Text as every database keeps it and canonical JSON can write it: a null character, or half of a character pair, becomes
 * U+FFFD, visibly.
 */
export const storableText = (text: string): string =>
  isStorable(text) ? text : text.replaceAll('\0', '\uFFFD').toWellFormed();

/** Whether every database keeps it as it is. */
export const isStorable = (text: string): boolean => text.isWellFormed() && !text.includes('\0');

/** A JSON value with all its texts storable: what is hashed is then what is read back. */
export function storable<T>(value: T): T {
  return clean(value) as T;
}

function clean(value: unknown): unknown {
  if (typeof value === 'string') return storableText(value);
  if (Array.isArray(value)) return value.map(clean);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [storableText(name), clean(inner)]));
}
