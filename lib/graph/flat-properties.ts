import type { Interaction } from '#lib/core/fact.ts';

type Properties = Interaction['properties'];

/** An agent reads no more of one value than this; the whole stays in the table. */
const MOST_TEXT = 2000;
const MOST_NAMES = 100;

/**
 * What an event told, as names with plain values: `{ utm: { source: 'x' } }` is `utm.source`, and a list is its JSON. Long
 * values are cut, and of very many the first are taken.
 */
export function flatProperties(given: unknown): Properties {
  const flat = new Map<string, Properties[string]>();
  add(flat, '', given);
  return Object.fromEntries(flat);
}

function add(flat: Map<string, Properties[string]>, name: string, value: unknown): void {
  if (flat.size >= MOST_NAMES) return;
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    for (const [key, inner] of Object.entries(value)) add(flat, name === '' ? key : `${name}.${key}`, inner);
    return;
  }
  flat.set(name, plain(value));
}

function plain(value: unknown): Properties[string] {
  if (typeof value === 'number' || typeof value === 'boolean' || value === null) return value;
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > MOST_TEXT ? text.slice(0, MOST_TEXT).toWellFormed() : text;
}
