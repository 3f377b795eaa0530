const unstorable = /\\u0000|\\ud[89a-f]/i;

/**
 * Reads JSON; an empty text is undefined. Characters that no database keeps as text (NUL, halves of surrogate
 * pairs) become U+FFFD, so that one dirty value cannot block a record.
 */
export function parseJson(text: string): { ok: true; value: unknown } | { ok: false } {
  if (text === '') return { ok: true, value: undefined };
  try {
    const value: unknown = unstorable.test(text) ? JSON.parse(text, cleaned) : JSON.parse(text);
    return { ok: true, value };
  } catch {
    return { ok: false };
  }
}

const cleaned = (_key: string, value: unknown): unknown =>
  typeof value === 'string' ? value.toWellFormed().replaceAll('\u0000', '\uFFFD') : value;
