import { parse } from 'csv-parse/sync';
import type { Value } from '../store/rows.ts';
import { SalesforceRefusal } from '../refusal.ts';

/** One line of a result: each value in quotes, as Salesforce writes them. */
export function csvLine(values: (Value | undefined)[]): string {
  return `${values.map(value => (value == null ? '""' : `"${String(value).replaceAll('"', '""')}"`)).join(',')}\n`;
}

/** Rows of an upload as records by column name. An empty cell leaves a field alone; "#N/A" clears it. */
export function readCsv(text: string): { columns: string[]; rows: string[][] } {
  try {
    const lines: string[][] = parse(text, { bom: true, skip_empty_lines: true, relax_column_count: false });
    const [columns = [], ...rows] = lines;
    return { columns, rows };
  } catch {
    throw new SalesforceRefusal('InvalidBatch', 'The CSV data cannot be read');
  }
}
