import { auc } from '#lib/models/metrics.ts';
import { foldOf, scoreTable, trainLead, trainOn, predict } from '#lib/models/models.ts';
import { figure, type Figure } from './figure.ts';
import { generatedLeads, realLeads, type Leads } from './lead-tables.ts';
import { predictLogistic, trainLogistic } from './logistic.ts';
import { p50, timesInTurn } from './measure.ts';

/** Learning and scoring, and what accuracy the time buys. */
export async function benchScorer(): Promise<Figure[]> {
  const real = await realLeads();
  const generated = await benchLeads('10,000 generated leads', generatedLeads(10_000));
  return real === null ? generated : [...generated, ...(await benchLeads('the real leads', real))];
}

async function benchLeads(of: string, { table, y }: Leads): Promise<Figure[]> {
  const rows = Int32Array.from(y, (_, row) => row);
  const training = rows.filter(row => foldOf(7, row, 5) !== 0);
  const heldOut = rows.filter(row => foldOf(7, row, 5) === 0);
  const labels = Uint8Array.from(heldOut, row => y[row]!);

  const once = { ours: trainOn(table, y, training, { seed: 7 }), bare: trainLogistic(table, y, training) };
  const trained = await timesInTurn(
    {
      ours: () => trainOn(table, y, training, { seed: 7 }),
      bare: () => trainLogistic(table, y, training),
    },
    { count: 1, warmUp: 0 },
  );
  const of5 = (p: Float64Array) =>
    auc(
      Float64Array.from(heldOut, row => p[row]!),
      labels,
    ).toFixed(3);
  const accuracy = `AUC on held-out rows ${of5(predict(once.ours, table))} against ${of5(predictLogistic(once.bare, table))}`;

  const began = performance.now();
  const lead = trainLead(table, y, { seed: 7 });
  const whole = performance.now() - began;
  if (lead.kind !== 'glass-box') throw new Error(lead.reason);
  const scored = await timesInTurn(
    { ours: () => scoreTable(lead, table), bare: () => predictLogistic(once.bare, table) },
    { count: 15, warmUp: 3 },
  );
  const logistic = 'logistic regression';
  const train = { what: logistic, value: p50(trained.bare) / 1000 };
  const micros = (milliseconds: number[]) => (1000 * p50(milliseconds)) / table.rows;
  return [
    figure(`learning from ${of}, one model`, p50(trained.ours) / 1000, 's', train, accuracy),
    figure(`learning from ${of}, with its folds`, whole / 1000, 's', train, 'six models'),
    figure(`scoring ${of}, a row`, micros(scored.ours), 'µs', { what: logistic, value: micros(scored.bare) }),
  ];
}
