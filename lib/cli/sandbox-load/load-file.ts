import { makeProperties } from './make-properties.ts';
import type { FileMapping } from './mapping.ts';
import type { Crm } from './open-crm.ts';
import type { Rejected, Table } from './read-csv.ts';
import { saveRecords } from './save-records.ts';
import { toItems, type Finish } from './to-items.ts';

export interface Count {
  created: number;
  updated: number;
}

export interface LoadedFile {
  records: Count;
  properties: Count;
  /** Record id by folded key. */
  ids: Map<string, string>;
  rejected: Rejected[];
  /** Records saved a second, properties aside. */
  rowsPerSecond: number;
}

export interface LoadOptions {
  limit: number;
  finish: Finish;
  progress: (text: string) => void;
}

/** Brings one file into the CRM: its properties first, then its rows. Options of choices come from the whole file. */
export async function loadFile(
  crm: Crm,
  table: Table,
  mapping: FileMapping,
  { limit, finish, progress }: LoadOptions,
): Promise<LoadedFile> {
  const { file, rows } = table;
  const properties = await makeProperties(crm, mapping, rows);
  const { items, rejected } = toItems(table, mapping, limit, finish);
  const place = { object: mapping.object, idProperty: mapping.key.property };
  const start = performance.now();
  const { created, updated, ids, refused } = await saveRecords(crm, place, items, done => {
    if (done % 1000 === 0 || done === items.length)
      progress(`${mapping.object}: ${done.toLocaleString('en')} of ${items.length.toLocaleString('en')}`);
  });
  const seconds = (performance.now() - start) / 1000;
  const all = [...rejected, ...refused.map(item => ({ file, ...item }))].sort((a, b) => a.line - b.line);
  const rowsPerSecond = Math.round(items.length / Math.max(seconds, 0.001));
  return { records: { created, updated }, properties, ids, rejected: all, rowsPerSecond };
}
