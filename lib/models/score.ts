import { calibrate } from './calibrate.ts';
import { foldOf } from './folds.ts';
import { encodeRow, predict, probabilityOf } from './predict.ts';
import type { AdditiveModel, Cell, LeadModel, RowScore, Table, Term } from './types.ts';

/** Half-width of an 80 % normal interval in standard errors. */
const eighty = 1.2816;

/**
 * Scores one record. `base + Σ term.logOdds = logit`, exactly (up to the order of adding), and
 * `probability = 1 / (1 + e^-(offset + slope × logit))` with the calibration that is returned: each term is
 * worth slope × logOdds in calibrated log-odds. Give `heldOutGroup` (the record's group key) for a record
 * that was trained on: the fold model that had not seen it then speaks. Absent fields are missing.
 */
export function scoreRow(
  lead: LeadModel,
  row: Readonly<Record<string, Cell>>,
  options: { heldOutGroup?: string } = {},
): RowScore {
  const fold =
    options.heldOutGroup === undefined ? null : foldOf(lead.seed, options.heldOutGroup, lead.foldCount);
  const model = fold === null ? lead.model : lead.folds[fold]!;
  const { terms, variance } = explain(model, encodeRow(model, row), row);
  let logit = model.intercept;
  for (const term of terms) logit += term.logOdds;
  const centre = calibrate(model.calibration, logit);
  const margin = eighty * model.calibration.slope * model.errorScale * Math.sqrt(variance);
  return {
    probability: probabilityOf(centre),
    low: probabilityOf(centre - margin),
    high: probabilityOf(centre + margin),
    logit,
    base: model.intercept,
    terms,
    calibration: model.calibration,
    fold,
  };
}

function explain(
  model: AdditiveModel,
  bins: Uint16Array,
  row: Readonly<Record<string, Cell>>,
): { terms: Term[]; variance: number } {
  const terms: Term[] = [];
  let variance = model.interceptError ** 2;
  const add = (features: readonly number[], logOdds: number, error: number) => {
    variance += error ** 2;
    if (logOdds === 0) return;
    const names = features.map(feature => model.bins[feature]!.name);
    terms.push({
      features: names,
      value: names.map(name => (Object.hasOwn(row, name) ? row[name]! : null)),
      logOdds,
    });
  };
  for (const { feature, values, errors } of model.curves)
    add([feature], values[bins[feature]!]!, errors[bins[feature]!]!);
  for (const { features, coarse, width, values, errors } of model.grids) {
    const cell = coarse[0][bins[features[0]]!]! * width + coarse[1][bins[features[1]]!]!;
    add(features, values[cell]!, errors[cell]!);
  }
  terms.sort((a, b) => Math.abs(b.logOdds) - Math.abs(a.logOdds));
  return { terms, variance };
}

/** Calibrated probabilities of many records by the model of all rows. */
export function scoreTable(lead: LeadModel, table: Table): Float64Array {
  return predict(lead.model, table);
}
