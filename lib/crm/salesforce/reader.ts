import type { CrmObject } from '#lib/core/subject.ts';
import type { CrmReader, Page, ReadRecord, ReadResult } from '../doors.ts';
import type { CrmSession } from '../session.ts';
import { definedObjects, readDefinitions, readPipelines, type DefinedObject } from './account.ts';
import { openSalesforce, type Salesforce } from './api.ts';
import { availableSources } from './available.ts';
import { listModified, listRemoved } from './changed.ts';
import { listSourced } from './listing.ts';
import { isDeleted } from './normalise.ts';
import { openRows, type Rows } from './rows.ts';
import { select, selectFor, textIn } from './select.ts';
import { isSourced, sourcesOf, type SourcedObject } from './sources.ts';
import { longId, sobjectByPrefix } from './subject-of.ts';

/** Records in a page. Salesforce counts requests by the day, so a page holds more than the caller needs at once. */
const rowsInPage = 1000;
const pageOf = (limit: number): number => (limit < 100 ? Math.max(limit, 1) : rowsInPage);

export interface ReaderOptions {
  wait?: (milliseconds: number) => Promise<void>;
}

const sleep = (milliseconds: number) => new Promise<void>(resolve => setTimeout(resolve, milliseconds));

/** Reads by SOQL, and in bulk what is much. Errors as in `CrmReader`; a field that our user may not see is left out. */
export function openSalesforceReader(session: CrmSession, { wait = sleep }: ReaderOptions = {}): CrmReader {
  const salesforce = openSalesforce(session);
  const rows = openRows(salesforce);
  const reading = { salesforce, rows, wait };

  return {
    crm: 'salesforce',
    objects: readObjects,

    listPage: (object, { after, limit }) =>
      isSourced(object)
        ? listSourced(reading, object, { after, limit: pageOf(limit) })
        : listOfAccount(salesforce, rows, object, after),

    read: async (object, ids) => {
      const wanted = [...new Set(ids)];
      if (isSourced(object)) return readSourced(salesforce, rows, object, wanted);
      return { ...pick(await allOfAccount(salesforce, rows, object), wanted), merged: [] };
    },

    modifiedSince: (object, since, after) =>
      isSourced(object)
        ? listModified(reading, object, { since, after, limit: rowsInPage })
        : listOfAccount(salesforce, rows, object, after),

    present: async (object, ids) => {
      if (!isSourced(object)) return [...ids];
      const { records } = await readSourced(salesforce, rows, object, ids);
      return records.flatMap(({ record }) => (record.archived ? [] : record.ref.id));
    },

    removedSince: (object, since, after) =>
      isSourced(object)
        ? listRemoved(reading, object, { since, after })
        : Promise.resolve({ ids: [], next: null }),
  };
}

export const readObjects: readonly CrmObject[] = [
  ...(['teams', 'owners', 'currencies', 'pipelines', 'properties', 'campaigns', 'products'] as const),
  ...([
    'companies',
    'contacts',
    'leads',
    'deals',
    'line_items',
    'tickets',
    'memberships',
    'enrolments',
  ] as const),
  ...(['emails', 'calls', 'meetings', 'notes', 'tasks', 'quotas', 'forecasts', 'automations'] as const),
];

/** A deleted record comes archived; one that was merged says into which. */
async function readSourced(
  salesforce: Salesforce,
  rows: Rows,
  object: SourcedObject,
  ids: readonly string[],
): Promise<ReadResult> {
  const records: ReadRecord[] = [];
  const merged: ReadResult['merged'] = [];
  for (const index of await availableSources(rows, object)) {
    const source = sourcesOf(object)[index];
    if (source === undefined) continue;
    const { sobject, where } = source;
    const fields = await rows.fieldsOf(source);
    const selection = { sobject, fields, ...(where ? { where } : {}), doing: `reading ${sobject}` };
    const possible = ids.filter(id => mayBeOf(sobject, id));
    const found = source.whole
      ? await select(salesforce, selection)
      : await selectFor(salesforce, { ...selection, key: 'Id', ids: possible, all: true });
    const away = found.filter(row => isDeleted(row) && textIn(row, 'MasterRecordId') !== null);
    for (const row of away)
      merged.push({
        id: longId(textIn(row, 'Id') ?? ''),
        into: { crm: 'salesforce', object, id: longId(textIn(row, 'MasterRecordId') ?? '') },
      });
    const kept = found.filter(row => !away.includes(row));
    records.push(...(await rows.toRecords(object, source, kept)));
  }
  const gone = new Set(merged.map(({ id }) => id));
  const picked = pick(records, ids);
  return { ...picked, missing: picked.missing.filter(id => !gone.has(longId(id))), merged };
}

/** An id of another object, or none at all, is not asked for: Salesforce refuses the whole query for one that is no id. */
function mayBeOf(sobject: string, id: string): boolean {
  const of = sobjectByPrefix[id.slice(0, 3)];
  return /^[a-zA-Z0-9]{15}(?:[a-zA-Z0-9]{3})?$/.test(id) && (of === undefined || of === sobject);
}

type AccountObject = Exclude<CrmObject, SourcedObject>;

/** Pipelines and properties; a page of properties is named by the object that they belong to. */
async function listOfAccount(
  salesforce: Salesforce,
  rows: Rows,
  object: AccountObject,
  after: string | null,
): Promise<Page> {
  if (object === 'pipelines') return { records: await readPipelines(salesforce), next: null };
  const names = Object.keys(definedObjects) as DefinedObject[];
  const place = Math.max(
    0,
    names.findIndex(name => name === after),
  );
  const records = await readDefinitions(rows, names[place] ?? 'leads');
  return { records, next: names[place + 1] ?? null };
}

async function allOfAccount(
  salesforce: Salesforce,
  rows: Rows,
  object: AccountObject,
): Promise<ReadRecord[]> {
  const all: ReadRecord[] = [];
  for (let after: string | null = null; ;) {
    const page: Page = await listOfAccount(salesforce, rows, object, after);
    all.push(...page.records);
    if (page.next === null) return all;
    after = page.next;
  }
}

function pick(records: ReadRecord[], ids: readonly string[]) {
  const wanted = new Set(ids.map(longId));
  const found = new Set(records.map(({ record }) => record.ref.id));
  return {
    records: records.filter(({ record }) => wanted.has(record.ref.id)),
    missing: ids.filter(id => !found.has(longId(id))),
  };
}
