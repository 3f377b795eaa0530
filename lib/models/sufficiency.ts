import type { Table, TooLittleData } from './types.ts';

const fewestRows = 40;
const fewestOfEach = 8;

/** Says in a sentence why there is too little to learn from, or null. Labels must be 0 or 1, one a row. */
export function lacksData(table: Table, y: Uint8Array): TooLittleData | null {
  for (const column of table.columns) {
    if (column.values.length !== y.length)
      throw new RangeError(
        `Column ${column.name} has ${column.values.length} values for ${y.length} labels.`,
      );
  }
  const positives = y.reduce((sum, label) => sum + label, 0);
  const negatives = y.length - positives;
  const lack = (reason: string): TooLittleData => ({
    kind: 'too-little-data',
    rows: y.length,
    positives,
    reason,
  });
  if (y.length === 0) return lack('There are no closed leads to learn from yet.');
  if (positives === 0)
    return lack(`None of the ${y.length} closed leads was won, so there is nothing to tell apart.`);
  if (negatives === 0)
    return lack(`All of the ${y.length} closed leads were won, so there is nothing to tell apart.`);
  if (y.length < fewestRows)
    return lack(`There are ${y.length} closed leads; a model needs at least ${fewestRows}.`);
  if (Math.min(positives, negatives) < fewestOfEach)
    return lack(
      `Of ${y.length} closed leads ${positives} were won; a model needs at least ${fewestOfEach} of each outcome.`,
    );
  return null;
}
