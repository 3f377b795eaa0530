import { run } from '#lib/run.ts';
import { emptyCopy, type Bare } from './bare.ts';
import { figure, type Figure } from './figure.ts';
import { msOf, p50 } from './measure.ts';
import { service, tenantId, type Place } from './place.ts';

const rounds = 5;

/** A full re-score, as after a new model: read, derive, score with reasons, store, and seal in the ledger. */
export async function benchRun(place: Place): Promise<Figure[]> {
  const { flow, bare } = await place.product();
  const times: { ours: number[]; bare: number[] } = { ours: [], bare: [] };
  let rows = 0;
  for (let round = 0; round <= rounds; round++) {
    const took = await msOf(async () => {
      ({ rows } = await run(flow, service));
    });
    const scores = await newestRun(bare);
    const copy = await emptyCopy(bare, 'scores');
    const inserted = await msOf(async () => {
      for (let from = 0; from < scores.length; from += 200)
        await bare`insert into ${bare(copy)} ${bare(scores.slice(from, from + 200))}`;
    });
    if (round === 0) continue;
    times.ours.push(took);
    times.bare.push(inserted);
  }
  const rate = (milliseconds: number[]) => (1000 * rows) / p50(milliseconds);
  const baseline = { what: 'bare inserts of the same scores', value: rate(times.bare) };
  return [figure('leads scored anew', rate(times.ours), 'per second', baseline, `${rows} leads`)];
}

const newestRun = (bare: Bare) =>
  bare`select s.* from scores s where s.tenant_id = ${tenantId} and s.run_id =
    (select id from runs where tenant_id = ${tenantId} order by started_at desc, id desc limit 1)`;
