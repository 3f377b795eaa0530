import { AppError } from '#lib/core/errors.ts';

/**
 * Where reading goes on: in which of the object's sources, and after which row. Of a Bulk job its id and Salesforce's
 * mark of the place in its result. Written as text, it stays valid for days.
 */
export type Place =
  | { by: 'id'; source: number; after: string }
  | { by: 'news'; source: number; table: number; after: string }
  | { by: 'bulk'; source: number; job: string; locator: string };

export const startOf = (source: number): Place => ({ by: 'id', source, after: '' });

export const textOfPlace = (place: Place): string =>
  place.by === 'id'
    ? `id.${place.source}.${place.after}`
    : place.by === 'news'
      ? `news.${place.source}.${place.table}.${place.after}`
      : `bulk.${place.source}.${place.job}.${place.locator}`;

/** Throws AppError('bad_input') for a text that is no place. */
export function placeIn(text: string | null): Place {
  if (text === null) return startOf(0);
  const [by, number = '', first = '', second = ''] = text.split('.');
  const source = Number(number);
  if (number === '' || !Number.isInteger(source))
    throw new AppError(
      'bad_input',
      'The place at which reading Salesforce stopped cannot be read: start again.',
    );
  if (by === 'bulk') return { by, source, job: first, locator: second };
  if (by === 'news') return { by, source, table: Number(first), after: second };
  return { by: 'id', source, after: first };
}
