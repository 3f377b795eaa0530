import type { Column, FileMapping } from './mapping.ts';
import type { Row } from './read-csv.ts';

/** What a row says, as the CRM wants it; or why it cannot be read. */
export type Properties =
  | { ok: true; key: string; values: Record<string, string>; atCreation: Record<string, string> }
  | { ok: false; reason: string };

const numberForm = /^[+-]?\d+(\.\d+)?$/;
const dayForm = /^\d{4}-\d{2}-\d{2}$/;

/** Empty cells are left out: they say nothing, and clear nothing. */
export function toProperties({ key, columns, missing }: FileMapping, { cells }: Row): Properties {
  const values: Record<string, string> = {};
  const atCreation: Record<string, string> = {};
  for (const column of columns) {
    const cell = cellOf(cells, column, missing);
    if (cell === null) continue;
    const value = valueOf(column, cell);
    if (value === null)
      return { ok: false, reason: `${column.column} is "${cell}", which is not a ${column.type}.` };
    (column.onlyAtCreation ? atCreation : values)[column.property] = value;
    if (column.also) {
      const translated = column.also.values ? column.also.values[cell] : value;
      if (translated !== undefined) values[column.also.property] = translated;
    }
  }
  const name = values[key.property];
  return name === undefined
    ? { ok: false, reason: `${key.column} is missing.` }
    : { ok: true, key: name, values, atCreation };
}

/** The cell as it stands; null where it is empty or holds a text that stands for empty. */
export function cellOf(
  cells: Row['cells'],
  { column }: Pick<Column, 'column'>,
  missing: readonly string[],
): string | null {
  const cell = cells[column] ?? '';
  return cell.trim() === '' || missing.includes(cell) ? null : cell;
}

function valueOf({ type, times }: Column, cell: string): string | null {
  const trimmed = cell.trim();
  if (type === 'number') {
    if (!numberForm.test(trimmed)) return null;
    // Twelve digits hide what binary fractions add: 1100.04 million is 1100040000.
    return times === undefined ? trimmed : String(Number((Number(trimmed) * times).toPrecision(12)));
  }
  if (type === 'date') return isDay(trimmed) ? `${trimmed}T00:00:00.000Z` : null;
  return cell;
}

/** A day of the calendar: 2017-02-30 is none. */
function isDay(text: string): boolean {
  const at = dayForm.test(text) ? Date.parse(text) : Number.NaN;
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(text);
}
