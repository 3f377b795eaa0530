import type { Context } from 'hono';
import { findObjectType, type ObjectType } from '#lib/crm/sandbox/model/object-types.ts';
import { invalid } from '#lib/crm/sandbox/records/refusal.ts';
import type { Source } from '#lib/crm/sandbox/store/history.ts';
import type { Wanted } from './render-record.ts';

/** Changes that come through the interface are the connected app's. */
export const APP_SOURCE: Source = { type: 'INTEGRATION', id: 'sandbox-app' };

/** The object a path names, by plural, singular or type id. */
export function requireObjectType(name: string | undefined): ObjectType {
  const type = name === undefined ? undefined : findObjectType(name);
  if (!type) throw invalid(`Unable to infer object type from: ${name}`);
  return type;
}

/** A list parameter, repeated (a=x&a=y) or joined by commas (a=x,y). */
function readList(c: Context, name: string): string[] | undefined {
  const given = c.req.queries(name);
  return given?.flatMap(value => value.split(',')).filter(Boolean);
}

export function readWanted(c: Context): Wanted {
  const properties = readList(c, 'properties');
  const propertiesWithHistory = readList(c, 'propertiesWithHistory');
  const associations = readList(c, 'associations');
  return {
    ...(properties && { properties }),
    ...(propertiesWithHistory && { propertiesWithHistory }),
    ...(associations && { associations }),
  };
}

export function readArchived(c: Context): boolean {
  return c.req.query('archived') === 'true';
}

/** Page size and the number the page starts after. */
export function readPage(c: Context, { most, standard }: { most: number; standard: number }) {
  const limit = c.req.query('limit') ?? String(standard);
  const after = c.req.query('after') ?? '0';
  if (!/^\d{1,6}$/.test(limit) || Number(limit) < 1 || Number(limit) > most) {
    throw invalid(`limit must be a whole number from 1 to ${most}`);
  }
  if (!/^\d{1,15}$/.test(after)) throw invalid(`after=${after} is not a paging position of this list`);
  return { limit: Number(limit), after: Number(after) };
}

/** `paging` of an answer whose next page starts after `after`; nothing on the last page. */
export function renderPaging(after: number | string | undefined, link?: string) {
  if (after === undefined) return {};
  return { paging: { next: { after: String(after), ...(link === undefined ? {} : { link }) } } };
}
