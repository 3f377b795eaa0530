/**
 * What all bags share. Rows are ordered by part, so that what bag b leaves out is one contiguous range
 * [bounds[b], bounds[b + 1]) and its training rows are the two ranges around it.
 */
export interface Rows {
  n: number;
  y: Uint8Array;
  bounds: Int32Array;
  bags: number;
}

/** A term under training: `ids[row]` is the cell of the row, `tables[bag][cell]` its share of the log-odds. */
export interface BoostedTerm {
  ids: Uint16Array;
  size: number;
  /** Per bag: rows and positives of each cell among the bag's training rows. */
  counts: Float64Array[];
  positives: Float64Array[];
  tables: Float64Array[];
  /** Writes the step of each cell (without learning rate) into `step`; returns its gain. */
  grow(stats: CellStats, step: Float64Array): number;
}

/** Sums over a bag's training rows by cell: gradient y - p, hessian p(1 - p), rows. */
export interface CellStats {
  gradient: Float64Array;
  hessian: Float64Array;
  count: Float64Array;
}

/** A term with empty tables. */
export function startTerm(
  rows: Rows,
  ids: Uint16Array,
  size: number,
  grow: BoostedTerm['grow'],
): BoostedTerm {
  const counts: Float64Array[] = [];
  const positives: Float64Array[] = [];
  for (let bag = 0; bag < rows.bags; bag++) {
    const count = new Float64Array(size);
    const positive = new Float64Array(size);
    for (let i = 0; i < rows.n; i++) {
      if (i >= rows.bounds[bag]! && i < rows.bounds[bag + 1]!) continue;
      const id = ids[i]!;
      count[id] = count[id]! + 1;
      positive[id] = positive[id]! + rows.y[i]!;
    }
    counts.push(count);
    positives.push(positive);
  }
  return { ids, size, counts, positives, tables: counts.map(() => new Float64Array(size)), grow };
}

/** Each bag's start: the smoothed log-odds of its training rows. */
export function baseLogits(rows: Rows): Float64Array {
  return Float64Array.from({ length: rows.bags }, (_, bag) => {
    let positive = 0.5;
    let negative = 0.5;
    for (let i = 0; i < rows.n; i++) {
      if (i >= rows.bounds[bag]! && i < rows.bounds[bag + 1]!) continue;
      if (rows.y[i] === 1) positive++;
      else negative++;
    }
    return Math.log(positive / negative);
  });
}

/** The odds of every row (left-out ones too) under one bag. */
export function oddsOf(rows: Rows, base: number, terms: readonly BoostedTerm[], bag: number): Float64Array {
  const logit = new Float64Array(rows.n).fill(base);
  for (const term of terms) {
    const table = term.tables[bag]!;
    for (let i = 0; i < rows.n; i++) logit[i] = logit[i]! + table[term.ids[i]!]!;
  }
  return logit.map(Math.exp);
}

/** Log-odds of each row under the bag that did not train on it. */
export function heldOutLogits(rows: Rows, base: Float64Array, terms: readonly BoostedTerm[]): Float64Array {
  const logit = new Float64Array(rows.n);
  for (let bag = 0; bag < rows.bags; bag++) {
    for (let i = rows.bounds[bag]!; i < rows.bounds[bag + 1]!; i++) {
      let sum = base[bag]!;
      for (const term of terms) sum += term.tables[bag]![term.ids[i]!]!;
      logit[i] = sum;
    }
  }
  return logit;
}
