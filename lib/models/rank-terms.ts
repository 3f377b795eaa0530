import { encodeColumn } from './bins.ts';
import type { AdditiveModel, Importance, Table } from './types.ts';

/** How far each term moves the log-odds on average over the rows of a table, largest first. */
export function rankTerms(model: AdditiveModel, table: Table): Importance[] {
  const rows = Int32Array.from({ length: table.rows }, (_, row) => row);
  const columns = new Map(table.columns.map(column => [column.name, column]));
  const encoded = model.bins.map(bins => {
    const column = columns.get(bins.name);
    return column === undefined ? new Uint16Array(table.rows) : encodeColumn(bins, column, rows);
  });
  const nameOf = (feature: number) => model.bins[feature]!.name;
  const average = (share: (row: number) => number) => {
    let sum = 0;
    for (let row = 0; row < table.rows; row++) sum += Math.abs(share(row));
    return table.rows === 0 ? 0 : sum / table.rows;
  };
  const curves = model.curves.map(({ feature, values }) => ({
    features: [nameOf(feature)],
    meanAbsLogOdds: average(row => values[encoded[feature]![row]!]!),
  }));
  const grids = model.grids.map(({ features: [a, b], coarse: [first, second], width, values }) => ({
    features: [nameOf(a), nameOf(b)],
    meanAbsLogOdds: average(row => values[first[encoded[a]![row]!]! * width + second[encoded[b]![row]!]!]!),
  }));
  return [...curves, ...grids].sort((one, other) => other.meanAbsLogOdds - one.meanAbsLogOdds);
}
