import type { FileMapping } from './mapping.ts';
import type { Item } from './post-batch.ts';
import type { Rejected, Row, Table } from './read-csv.ts';
import { fold } from './save-records.ts';
import { toProperties } from './to-properties.ts';

/** Adds to an item what does not stand in a single column; or says why the row cannot be read. */
export type Finish = (item: Item, cells: Row['cells']) => Item | { reason: string };

/**
 * The first `limit` readable rows of a file, and the rows up to there that cannot be read. A key that comes twice is
 * taken the first time.
 */
export function toItems(
  { file, rows, rejected: broken }: Table,
  mapping: FileMapping,
  limit: number,
  finish: Finish,
): { items: Item[]; rejected: Rejected[] } {
  const items: Item[] = [];
  const rejected: Rejected[] = [];
  const lines = new Map<string, number>();
  for (const { line, cells } of rows) {
    if (items.length === limit) break;
    const item = toItem(mapping, { line, cells }, lines, finish);
    if ('reason' in item) rejected.push({ file, line, reason: item.reason });
    else {
      lines.set(fold(item.key), line);
      items.push(item);
    }
  }
  const last = items.length === limit ? (items.at(-1)?.line ?? 0) : Number.POSITIVE_INFINITY;
  const all = [...rejected, ...broken.filter(({ line }) => line < last)];
  return { items, rejected: all.sort((a, b) => a.line - b.line) };
}

function toItem(
  mapping: FileMapping,
  row: Row,
  lines: ReadonlyMap<string, number>,
  finish: Finish,
): Item | { reason: string } {
  const read = toProperties(mapping, row);
  if (!read.ok) return { reason: read.reason };
  const { key, values, atCreation } = read;
  const before = lines.get(fold(key));
  if (before !== undefined)
    return { reason: `${mapping.key.column} "${key}" stands on line ${before} already.` };
  return finish({ line: row.line, key, values, atCreation, companies: [] }, row.cells);
}
