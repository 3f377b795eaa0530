import { z } from 'zod';
import { AppError } from '#lib/core/errors.ts';
import { chunksOf } from '../chunks.ts';
import type { Salesforce } from './api.ts';
import { allOf, fieldChunks, inList, soqlOf, type Selection } from './soql.ts';

/** A row as Salesforce gave it. From Bulk all values are texts. */
export const Row = z.record(z.string(), z.unknown());
export type Row = z.infer<typeof Row>;

/** A value of a row as text; null for nothing. */
export function textIn(row: Row, name: string): string | null {
  const value = row[name];
  if (typeof value === 'string') return value === '' ? null : value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : null;
}

export const isTrue = (row: Row, name: string): boolean => textIn(row, name) === 'true';

const rowId = (row: Row): string => textIn(row, 'Id') ?? '';

const QueryAnswer = z.object({
  totalSize: z.number(),
  done: z.boolean(),
  nextRecordsUrl: z.string().optional(),
  records: z.array(Row),
});

/** Ids in one IN list. */
export const idsAtOnce = 200;

type Select = Selection & { doing: string; /** Deleted and archived ones too. */ all?: boolean };

/** All rows of a query, however many pages they are. A list of fields too long for one query is asked for in several. */
export async function select(salesforce: Salesforce, selection: Select): Promise<Row[]> {
  const [first = ['Id'], ...more] = fieldChunks(selection.fields);
  const rows = await selectPart(salesforce, { ...selection, fields: first });
  if (more.length === 0 || rows.length === 0) return rows;
  const byId = new Map(rows.map(row => [rowId(row), row]));
  for (const ids of chunksOf([...byId.keys()], idsAtOnce))
    for (const fields of more)
      for (const row of await selectPart(salesforce, {
        ...selection,
        fields,
        where: inList('Id', ids),
      }))
        Object.assign(byId.get(rowId(row)) ?? {}, row);
  return rows;
}

async function selectPart(salesforce: Salesforce, { doing, all, ...selection }: Select): Promise<Row[]> {
  const rows: Row[] = [];
  const q = soqlOf(selection);
  let page = await salesforce.send(
    { method: 'GET', path: all ? '/queryAll' : '/query', query: { q }, doing },
    QueryAnswer,
  );
  for (;;) {
    rows.push(...page.records);
    if (page.done || page.nextRecordsUrl === undefined) return rows;
    page = await salesforce.send({ method: 'GET', path: page.nextRecordsUrl, doing }, QueryAnswer);
  }
}

/** Rows whose field is one of some ids, in as many queries as that takes. */
export async function selectFor(
  salesforce: Salesforce,
  selection: Select & { key: string; ids: readonly string[] },
): Promise<Row[]> {
  const { key, ids, where, ...rest } = selection;
  const parts = await Promise.all(
    chunksOf(ids, idsAtOnce).map(chunk =>
      select(salesforce, { ...rest, where: allOf(inList(key, chunk), where) }),
    ),
  );
  return parts.flat();
}

export async function countRows(salesforce: Salesforce, selection: Omit<Select, 'fields'>): Promise<number> {
  const { sobject, where, doing, all } = selection;
  const q = soqlOf({ sobject, fields: ['COUNT()'], ...(where ? { where } : {}) });
  const path = all ? '/queryAll' : '/query';
  const { totalSize } = await salesforce.send({ method: 'GET', path, query: { q }, doing }, QueryAnswer);
  return totalSize;
}

/** What the account does not have, or does not show to us: nothing, for what is read beside a record. */
export async function unlessHidden<T>(work: () => Promise<T[]>): Promise<T[] | null> {
  try {
    return await work();
  } catch (error) {
    const hidden = error instanceof AppError && ['forbidden', 'not_found', 'refused'].includes(error.code);
    if (hidden) return null;
    throw error;
  }
}
