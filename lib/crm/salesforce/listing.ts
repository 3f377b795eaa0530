import type { SourcedObject } from './sources.ts';
import { sourcesOf, type Source } from './sources.ts';
import type { Page } from '../doors.ts';
import type { Salesforce } from './api.ts';
import { readBulkPage, startBulkQuery } from './bulk.ts';
import { placeIn, startOf, textOfPlace, type Place } from './place.ts';
import type { Rows } from './rows.ts';
import { countRows, select } from './select.ts';
import { allOf, quoted } from './soql.ts';
import { availableSources } from './available.ts';

/** Beyond this many rows Salesforce wants to be asked in bulk. */
export const mostByQuery = 10_000;
/** How often a Bulk job is looked after in one call, and how long between; then the caller comes again. */
const looks = 20;
const betweenLooksMs = 3000;

export interface Listing {
  salesforce: Salesforce;
  rows: Rows;
  wait: (milliseconds: number) => Promise<void>;
}

/** A page of all live records of an object, source after source. */
export async function listSourced(
  listing: Listing,
  object: SourcedObject,
  { after, limit }: { after: string | null; limit: number },
): Promise<Page> {
  const available = await availableSources(listing.rows, object);
  const place = placeIn(after);
  const index = available.find(i => i >= place.source);
  const source = index === undefined ? undefined : sourcesOf(object)[index];
  if (index === undefined || source === undefined) return { records: [], next: null };
  const here = index === place.source ? place : startOf(index);
  const following = available.find(i => i > index);
  const afterwards = following === undefined ? null : textOfPlace(startOf(following));
  const { found, next } = await rowsAt(listing, source, here, limit);
  const records = await listing.rows.toRecords(object, source, found);
  return { records, next: next === null ? afterwards : textOfPlace(next) };
}

type Found = { found: Awaited<ReturnType<typeof select>>; next: Place | null };

async function rowsAt(listing: Listing, source: Source, place: Place, limit: number): Promise<Found> {
  if (place.by === 'bulk') return bulkRows(listing, source, place, limit);
  const { salesforce } = listing;
  const fields = await listing.rows.fieldsOf(source);
  const { sobject } = source;
  const where = liveOnly(source, fields);
  const doing = `listing ${sobject}`;
  const all = source.withArchived === true;
  if (source.whole) return { found: await select(salesforce, { sobject, fields, where, doing }), next: null };
  const after = place.by === 'id' ? place.after : '';
  if (after === '' && (await countRows(salesforce, { sobject, where, doing, all })) > mostByQuery) {
    const job = await startBulkQuery(salesforce, { selection: { sobject, fields, where }, all });
    return { found: [], next: { by: 'bulk', source: place.source, job, locator: '' } };
  }
  const found = await select(salesforce, {
    sobject,
    fields,
    where: allOf(where, after === '' ? undefined : `Id > ${quoted(after)}`),
    order: 'Id',
    limit,
    doing,
    all,
  });
  const last = found.at(-1)?.['Id'];
  const more = found.length === limit && typeof last === 'string';
  return { found, next: more ? { by: 'id', source: place.source, after: last } : null };
}

async function bulkRows(
  { salesforce, wait }: Listing,
  _: Source,
  place: Extract<Place, { by: 'bulk' }>,
  limit: number,
): Promise<Found> {
  for (let look = 0; look < looks; look += 1) {
    const page = await readBulkPage(salesforce, { ...place, limit });
    // Begun anew from the first row: what was read already is known, and changes nothing.
    if (page === null) return { found: [], next: startOf(place.source) };
    if (page !== 'waiting')
      return { found: page.rows, next: page.next === null ? null : { ...place, locator: page.next } };
    await wait(betweenLooksMs);
  }
  return { found: [], next: place };
}

/** A query for everything shows what lies in the recycle bin too. */
export const liveOnly = (source: Source, fields: readonly string[]): string =>
  allOf(source.where, source.withArchived && fields.includes('IsDeleted') ? 'IsDeleted = false' : undefined);
