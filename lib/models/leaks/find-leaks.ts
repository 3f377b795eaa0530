import { crc32 } from '../folds.ts';
import type { Table } from '../types.ts';
import { measureColumn, type SingleColumn } from './single-column.ts';

export interface Leak {
  column: string;
  /** One sentence a person can check. */
  why: string;
}

/** Names of fields that a CRM overwrites with the latest state, so that an export shows them as they ended. */
const overwritten = /\b(last|latest|most recent|recent|modified|updated|closed?|lost|won|outcome|current)\b/i;
const activity =
  /\b(activity|action|event|touch|contact(ed)?|status|stage|date|reason|step|modified|updated|outcome)\b/i;
const fewest = 20;

/**
 * Columns that look written after the outcome, or because of it, strongest first. A suspicion, with its reason, for
 * a person to judge: four signs are looked for, none of which needs to know what a column means except the last.
 */
export function findLeaks(table: Table, y: Uint8Array): Leak[] {
  const columns = table.columns.map(column => measureColumn(column, y));
  const blocks = filledTogether(columns);
  return columns
    .map(column => ({ column, why: suspect(column, blocks.get(column.name) ?? null) }))
    .filter((found): found is { column: SingleColumn; why: string } => found.why !== null)
    .sort((a, b) => strength(b.column) - strength(a.column) || (a.column.name < b.column.name ? -1 : 1))
    .map(({ column, why }) => ({ column: column.name, why }));
}

const strength = (column: SingleColumn): number => Math.max(column.auc, column.aucKnown);

function suspect(column: SingleColumn, block: SingleColumn[] | null): string | null {
  const { filled, fewestKnown } = column;
  const known = fewestKnown >= fewest;
  if (column.auc >= 0.88 && known)
    return `Alone it tells the outcome nearly by itself (AUC ${column.auc.toFixed(2)}), as only something written afterwards does.`;
  if (column.aucFilled >= 0.75)
    return `Whether it is filled in already tells the outcome (AUC ${column.aucFilled.toFixed(2)}): it is probably filled in because of it.`;
  if (filled <= 0.8 && known && column.aucKnown >= 0.7)
    return `It is filled in for only ${percent(filled)} of the rows, and there alone reaches an AUC of ${column.aucKnown.toFixed(2)}: somebody probably filled it in after getting to know the lead.`;
  if (block !== null) {
    const best = block.reduce((a, b) => (strength(b) > strength(a) ? b : a));
    return `It is filled in on exactly the same ${percent(filled)} of the rows as ${block.length - 1} other ${block.length === 2 ? 'column' : 'columns'}, so one process wrote them together, and "${best.name}" among them alone reaches an AUC of ${best.aucKnown.toFixed(2)} there.`;
  }
  if (overwritten.test(words(column.name)) && activity.test(words(column.name)) && known && column.auc >= 0.6)
    return `Its name says that it holds the latest state, which goes on changing after the outcome, and alone it reaches an AUC of ${column.auc.toFixed(2)}.`;
  return null;
}

/** Column name → the columns that are missing in exactly the same rows, where one of them tells much. */
function filledTogether(columns: readonly SingleColumn[]): Map<string, SingleColumn[]> {
  const byMask = Map.groupBy(
    columns.filter(({ filled, fewestKnown }) => filled <= 0.95 && fewestKnown >= fewest),
    ({ missing }) => `${crc32(missing.join(''))}/${missing.reduce((sum, bit) => sum + bit, 0)}`,
  );
  const blocks = new Map<string, SingleColumn[]>();
  for (const block of byMask.values()) {
    if (block.length < 2 || Math.max(...block.map(strength)) < 0.7) continue;
    for (const column of block) blocks.set(column.name, block);
  }
  return blocks;
}

/** "lastModifiedDate" and "last_modified_date" as words. */
const words = (name: string): string => name.replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2').replace(/[_-]+/g, ' ');

const percent = (share: number): string => `${Math.round(100 * share)} %`;
