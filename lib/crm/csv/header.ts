import { hashOf } from '#lib/platform/hash.ts';
import { storableText } from '#lib/core/storable.ts';

/**
 * Names for all columns, none empty and none twice: "Column 3" for the third where it has no name, "Email (2)" for the
 * second of a name.
 */
export function nameColumns(cells: readonly string[]): string[] {
  const taken = new Set<string>();
  return cells.map((cell, i) => {
    const wanted = storableText(cell).trim().replaceAll(/\s+/g, ' ') || `Column ${i + 1}`;
    let name = wanted;
    for (let n = 2; taken.has(name); n++) name = `${wanted} (${n})`;
    taken.add(name);
    return name;
  });
}

/** The same for the same columns in any order: files of one kind come with one header. */
export const headerMark = (columns: readonly string[]): string => hashOf([...columns].sort());
