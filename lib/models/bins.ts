import type { Bins, Cell, Column } from './types.ts';

const mostBins = 254;

/** Learns the bins of a column from some of its rows. Uses no label. */
export function fitBins(column: Column, rows: ArrayLike<number>): Bins {
  if (column.kind === 'numeric') {
    const cuts = quantileCuts(column.values, rows);
    return column.monotone === undefined
      ? { kind: 'numeric', name: column.name, cuts }
      : { kind: 'numeric', name: column.name, monotone: column.monotone, cuts };
  }
  return { kind: 'categorical', name: column.name, levels: commonLevels(column.values, rows) };
}

/** How many bins there are, "missing" (and for categories "other") included. */
export function binCount(bins: Bins): number {
  return bins.kind === 'numeric' ? bins.cuts.length + 2 : bins.levels.length + 2;
}

/** Cuts between bins of about equal count, at the middle between two neighbouring values. */
function quantileCuts(values: Float64Array, rows: ArrayLike<number>): number[] {
  const known = new Float64Array(rows.length);
  let n = 0;
  for (let i = 0; i < rows.length; i++) {
    const value = values[rows[i]!]!;
    if (Number.isFinite(value)) known[n++] = value;
  }
  const sorted = known.subarray(0, n).sort();
  const perBin = Math.max(4, n / (mostBins - 1));
  const cuts: number[] = [];
  let inBin = 0;
  for (let start = 0; start < n;) {
    let end = start;
    while (end < n && sorted[end] === sorted[start]) end++;
    const run = end - start;
    // A frequent value gets a bin of its own: close what came before it first.
    const closeBefore = inBin > 0 && (inBin >= perBin || (run >= perBin && inBin >= 4));
    if (closeBefore && cuts.length < mostBins - 1) {
      cuts.push(between(sorted[start - 1]!, sorted[start]!));
      inBin = 0;
    }
    inBin += run;
    start = end;
  }
  // Too thin a last bin joins its neighbour.
  if (inBin < 4 && cuts.length > 0) cuts.pop();
  return cuts;
}

function between(low: number, high: number): number {
  const middle = low / 2 + high / 2;
  return middle > low && middle <= high ? middle : high;
}

/** Levels seen often enough to learn from, most frequent first (ties by name). */
function commonLevels(values: (string | null)[], rows: ArrayLike<number>): string[] {
  const counts = new Map<string, number>();
  for (let i = 0; i < rows.length; i++) {
    const value = values[rows[i]!];
    if (value != null) counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  return [...counts]
    .filter(([, count]) => count >= 5)
    .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
    .slice(0, mostBins)
    .map(([level]) => level);
}

/** The bin of a finite number: 1 + how many cuts lie at or below it. */
export function numericBin(cuts: ArrayLike<number>, value: number): number {
  if (!Number.isFinite(value)) return 0;
  let low = 0;
  let high = cuts.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (cuts[middle]! <= value) low = middle + 1;
    else high = middle;
  }
  return low + 1;
}

/** Level → bin. */
export function levelIndex(levels: readonly string[]): Map<string, number> {
  return new Map(levels.map((level, index) => [level, index + 1]));
}

/** The bins of some rows of a column. */
export function encodeColumn(bins: Bins, column: Column, rows: ArrayLike<number>): Uint16Array {
  const encoded = new Uint16Array(rows.length);
  if (bins.kind === 'numeric') {
    for (let i = 0; i < rows.length; i++)
      encoded[i] = numericBin(bins.cuts, numberFrom(column.values[rows[i]!]));
  } else {
    const index = levelIndex(bins.levels);
    const other = bins.levels.length + 1;
    for (let i = 0; i < rows.length; i++) {
      const level = levelFrom(column.values[rows[i]!]);
      encoded[i] = level === null ? 0 : (index.get(level) ?? other);
    }
  }
  return encoded;
}

/** A cell as a number: text that reads as one counts, all else is missing (NaN). */
export function numberFrom(cell: Cell | undefined): number {
  if (typeof cell === 'number') return cell;
  if (typeof cell !== 'string' || cell.trim() === '') return Number.NaN;
  return Number(cell);
}

/** A cell as a level; NaN and infinities are missing. */
export function levelFrom(cell: Cell | undefined): string | null {
  if (cell == null) return null;
  if (typeof cell === 'number') return Number.isFinite(cell) ? String(cell) : null;
  return cell;
}
