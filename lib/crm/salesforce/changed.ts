import { z } from 'zod';
import { AppError } from '#lib/core/errors.ts';
import { DAY_MS, HOUR_MS, toInstant, type Instant } from '#lib/core/time.ts';
import type { Page, RemovedPage } from '../doors.ts';
import { version, type Salesforce } from './api.ts';
import { availableSources } from './available.ts';
import { liveOnly } from './listing.ts';
import { placeIn, startOf, textOfPlace, type Place } from './place.ts';
import type { Rows } from './rows.ts';
import { select, selectFor, textIn, unlessHidden, type Row } from './select.ts';
import { allOf, quoted } from './soql.ts';
import { sourcesOf, type Source, type SourcedObject } from './sources.ts';
import { longId } from './subject-of.ts';

interface Reading {
  salesforce: Salesforce;
  rows: Rows;
}

/**
 * Live records modified at or after a time, by SystemModstamp, which unlike Salesforce's list of updated ids knows no
 * limit of 30 days. Then those that are news because of a row elsewhere, such as a new contact role.
 */
export async function listModified(
  { salesforce, rows }: Reading,
  object: SourcedObject,
  { since, after, limit }: { since: Instant; after: string | null; limit: number },
): Promise<Page> {
  const available = await availableSources(rows, object);
  const place = placeIn(after);
  const index = available.find(i => i >= place.source);
  const source = index === undefined ? undefined : sourcesOf(object)[index];
  if (index === undefined || source === undefined) return { records: [], next: null };
  const here = index === place.source ? place : startOf(index);
  const fields = await rows.fieldsOf(source);
  const { found, next } = source.whole
    ? {
        found: await select(salesforce, {
          sobject: source.sobject,
          fields,
          doing: `reading ${source.sobject}`,
        }),
        next: null,
      }
    : here.by === 'news'
      ? await newsAt(salesforce, source, { fields, since, limit, place: here })
      : await modifiedAt(salesforce, source, { fields, since, limit, place: here });
  const following = available.find(i => i > index);
  const afterwards = following === undefined ? null : textOfPlace(startOf(following));
  return {
    records: await rows.toRecords(object, source, found),
    next: next === null ? afterwards : textOfPlace(next),
  };
}

interface At<P> {
  fields: readonly string[];
  since: Instant;
  limit: number;
  place: P;
}

const idAfter = (after: string): string | undefined => (after === '' ? undefined : `Id > ${quoted(after)}`);

async function modifiedAt(
  salesforce: Salesforce,
  source: Source,
  { fields, since, limit, place }: At<Place>,
): Promise<{ found: Row[]; next: Place | null }> {
  const found = await select(salesforce, {
    sobject: source.sobject,
    fields,
    where: allOf(
      liveOnly(source, fields),
      `${source.modified ?? 'SystemModstamp'} >= ${since}`,
      idAfter(place.by === 'id' ? place.after : ''),
    ),
    order: 'Id',
    limit,
    all: source.withArchived === true,
    doing: `looking for changed ${source.sobject}`,
  });
  const last = found.at(-1)?.['Id'];
  if (found.length === limit && typeof last === 'string')
    return { found, next: { by: 'id', source: place.source, after: last } };
  const table = source.linkSources?.findIndex(one => one.isNews) ?? -1;
  return { found, next: table < 0 ? null : { by: 'news', source: place.source, table, after: '' } };
}

async function newsAt(
  salesforce: Salesforce,
  source: Source,
  { fields, since, limit, place }: At<Extract<Place, { by: 'news' }>>,
): Promise<{ found: Row[]; next: Place | null }> {
  const table = source.linkSources?.[place.table];
  if (table === undefined) return { found: [], next: null };
  const { sobject, key } = table;
  const news = await unlessHidden(() =>
    select(salesforce, {
      sobject,
      fields: ['Id', key],
      where: allOf(`SystemModstamp >= ${since}`, idAfter(place.after)),
      order: 'Id',
      limit,
      all: true,
      doing: `looking for changed ${sobject}`,
    }),
  );
  const ids = [...new Set((news ?? []).flatMap(row => (typeof row[key] === 'string' ? row[key] : [])))];
  const found = await selectFor(salesforce, {
    sobject: source.sobject,
    fields,
    key: 'Id',
    ids,
    ...(source.where ? { where: source.where } : {}),
    doing: `reading ${source.sobject}`,
  });
  const last = news?.at(-1)?.['Id'];
  const more = news?.length === limit && typeof last === 'string';
  return { found, next: more ? { ...place, after: last } : null };
}

const Deleted = z.looseObject({
  deletedRecords: z.array(z.looseObject({ id: z.string() })),
  latestDateCovered: z.string(),
});

const minuteMs = 60_000;
/** Salesforce keeps its list of deletions for 15 days. */
const keptMs = 15 * DAY_MS - HOUR_MS;
/** A transaction that runs long may delete at a time which an earlier look already covered. */
const lookBackMs = HOUR_MS;

/** Ids that were deleted or merged away since a time, or that are now read as another object; a page for each source. */
export async function listRemoved(
  { salesforce, rows }: Reading,
  object: SourcedObject,
  { since, after }: { since: Instant; after: string | null },
): Promise<RemovedPage> {
  const available = await availableSources(rows, object);
  const place = placeIn(after);
  const index = available.find(i => i >= place.source);
  const source = index === undefined ? undefined : sourcesOf(object)[index];
  if (index === undefined || source === undefined) return { ids: [], next: null };
  const following = available.find(i => i > index);
  const next = following === undefined ? null : textOfPlace(startOf(following));
  if (source.whole) return { ids: [], next };
  const { replicateable, fields } = await rows.describe(source.sobject);
  const hasBin = fields.some(({ name }) => name === 'IsDeleted');
  const ids = [
    ...(replicateable ? await listedIds(salesforce, source.sobject, since) : []),
    ...(hasBin ? await binnedIds(salesforce, source, since) : []),
    ...(await leftIds(salesforce, source, since)),
  ];
  return { ids: [...new Set(ids.map(longId))], next };
}

/**
 * Deleted records by Salesforce's own list, which also knows those that are gone from the recycle bin. It counts in whole
 * minutes, and says how far its answer reaches; what is beyond is asked for from there.
 */
async function listedIds(salesforce: Salesforce, sobject: string, since: Instant): Promise<string[]> {
  const minuteOf = (time: number) => Math.floor(time / minuteMs) * minuteMs;
  const now = await salesforceTime(salesforce);
  const end = minuteOf(now);
  const ids: string[] = [];
  let start = minuteOf(Math.max(Date.parse(since) - lookBackMs, now - keptMs));
  for (let part = 0; part < 50 && end - start >= minuteMs; part += 1) {
    const { deletedRecords, latestDateCovered } = await salesforce.send(
      {
        method: 'GET',
        path: `/sobjects/${sobject}/deleted/`,
        query: { start: toInstant(start), end: toInstant(end) },
        doing: `looking for deleted ${sobject}`,
      },
      Deleted,
    );
    ids.push(...deletedRecords.map(({ id }) => id));
    const covered = minuteOf(Date.parse(latestDateCovered));
    if (Number.isNaN(covered) || covered <= start) break;
    start = covered;
  }
  return ids;
}

/** Those in the recycle bin, to the second. */
const binnedIds = (salesforce: Salesforce, source: Source, since: Instant): Promise<string[]> =>
  idsWhere(
    salesforce,
    source,
    allOf('IsDeleted = true', `${source.modified ?? 'SystemModstamp'} >= ${since}`),
  );

const leftIds = (salesforce: Salesforce, source: Source, since: Instant): Promise<string[]> =>
  source.left === undefined
    ? Promise.resolve([])
    : idsWhere(salesforce, source, allOf(source.left, `SystemModstamp >= ${since}`));

async function idsWhere(salesforce: Salesforce, { sobject }: Source, where: string): Promise<string[]> {
  const doing = `looking for deleted ${sobject}`;
  const rows = await select(salesforce, { sobject, fields: ['Id'], where, all: true, doing });
  return rows.flatMap(row => textIn(row, 'Id') ?? []);
}

/** Salesforce's own clock, by which it judges times: that of its last answer. */
async function salesforceTime(salesforce: Salesforce): Promise<number> {
  const { headers } = await salesforce.exchange({
    method: 'GET',
    path: `/services/data/v${version}/limits`,
    doing: 'asking for the time',
  });
  const time = Date.parse(headers.get('date') ?? '');
  if (Number.isNaN(time))
    throw new AppError('unavailable', 'Salesforce did not say what time it is. Sidecard tries again.');
  return time;
}
