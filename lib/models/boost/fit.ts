import { binCount, encodeColumn, fitBins } from '../bins.ts';
import { fitCalibration } from '../calibrate.ts';
import { dealParts } from '../folds.ts';
import type { AdditiveModel, Table } from '../types.ts';
import { boost } from './boost.ts';
import { coarsen, gridCells } from './coarsen.ts';
import { condense } from './condense.ts';
import { detectPairs } from './detect-pairs.ts';
import { growCurve } from './grow-curve.ts';
import { growGrid } from './grow-grid.ts';
import type { Settings } from './settings.ts';
import type { BoostedTerm, Rows } from './state.ts';
import { baseLogits, heldOutLogits, startTerm } from './state.ts';

export interface FitHooks {
  groups: readonly string[] | null;
  progress(phase: string, rounds: number): void;
  shouldStop(): boolean;
}

/**
 * Trains one glass-box model on some rows of a table (GA2M: curves first, then interactions, which are
 * searched for in what the curves left unexplained). Everything that looks at a label, calibration and
 * choice of interactions included, uses these rows alone.
 */
export function fitAdditive(
  table: Table,
  y: Uint8Array,
  chosen: Int32Array,
  seed: number,
  settings: Settings,
  hooks: FitHooks,
): AdditiveModel {
  const { rows, order } = arrange(y, chosen, seed, settings.bags, hooks.groups);
  const bins = table.columns.map(column => fitBins(column, order));
  const encoded = table.columns.map((column, index) => encodeColumn(bins[index]!, column, order));
  const varied = bins.map((_, feature) => feature).filter(feature => varies(encoded[feature]!));
  const base = baseLogits(rows);
  const report = (phase: string) => (done: number) => {
    hooks.progress(phase, done);
    return hooks.shouldStop();
  };

  const curves = varied.map(feature =>
    startTerm(rows, encoded[feature]!, binCount(bins[feature]!), growCurve(bins[feature]!, settings)),
  );
  boost(rows, base, [], curves, settings, report('curves'));

  const sides = bins.map((bin, feature) => coarsen(bin, encoded[feature]!, settings.gridBins));
  const free = varied.filter(feature => {
    const own = bins[feature]!;
    return own.kind === 'categorical' || own.monotone === undefined;
  });
  const limit = Math.min(settings.pairs, Math.floor((rows.n - settings.pairsFrom) / settings.rowsPerPair));
  const pairs =
    limit > 0
      ? detectPairs(rows, heldOutLogits(rows, base, curves), free, sides, encoded, settings).slice(0, limit)
      : [];
  const grids: BoostedTerm[] = pairs.map(({ features: [a, b] }) =>
    startTerm(
      rows,
      gridCells(sides[a]!, encoded[a]!, sides[b]!, encoded[b]!),
      sides[a]!.size * sides[b]!.size,
      growGrid(sides[a]!, sides[b]!, settings),
    ),
  );
  if (grids.length > 0) boost(rows, base, curves, grids, settings, report('interactions'));

  const calibration = fitCalibration(heldOutLogits(rows, base, [...curves, ...grids]), rows.y);
  return condense(
    rows,
    base,
    bins,
    varied.map((feature, index) => ({ feature, term: curves[index]! })),
    pairs.map(({ features }, index) => ({
      features,
      sides: [sides[features[0]]!, sides[features[1]]!],
      term: grids[index]!,
    })),
    calibration,
  );
}

/** Orders the chosen rows by the part that they were dealt into. */
function arrange(
  y: Uint8Array,
  chosen: Int32Array,
  seed: number,
  bags: number,
  groups: readonly string[] | null,
): { rows: Rows; order: Int32Array } {
  const labels = Uint8Array.from(chosen, row => y[row]!);
  const part = dealParts(
    labels,
    bags,
    seed,
    groups === null ? null : Array.from(chosen, row => groups[row]!),
  );
  const positions = Int32Array.from(chosen, (_, i) => i).sort((a, b) => part[a]! - part[b]! || a - b);
  const bounds = new Int32Array(bags + 1);
  for (let i = 0; i < part.length; i++) bounds[part[i]! + 1] = bounds[part[i]! + 1]! + 1;
  for (let bag = 0; bag < bags; bag++) bounds[bag + 1] = bounds[bag + 1]! + bounds[bag]!;
  return {
    rows: { n: chosen.length, y: Uint8Array.from(positions, i => labels[i]!), bounds, bags },
    order: Int32Array.from(positions, i => chosen[i]!),
  };
}

function varies(encoded: Uint16Array): boolean {
  for (let i = 1; i < encoded.length; i++) if (encoded[i] !== encoded[0]) return true;
  return false;
}
