import { currentSchema } from '#lib/keep-features.ts';
import { rebuildFeatures } from '#lib/rebuild-features.ts';
import type { Bare } from './bare.ts';
import { figure, type Figure } from './figure.ts';
import { activitiesEach, learntAt, makeManyPeople } from './many-people.ts';
import { msOf } from './measure.ts';
import { tenantId, type Place } from './place.ts';

const usual = [2_500, 5_000];
const full = [50_000, 100_000];

/**
 * Everybody's features anew from the facts, for so many people and for twice as many: what that takes, and whether it grows
 * faster than they do. Memory is the most that this process held meanwhile.
 */
export async function benchFeaturesRecompute(place: Place, { isFull = false } = {}): Promise<Figure[]> {
  const { flow: real, bare } = await place.connected();
  const flow = { ...real, now: () => new Date(learntAt) };
  const schema = await flow.db.tenant(tenantId, tx => currentSchema(tx));
  const taken: { people: number; ours: number; bare: number; megabytes: number }[] = [];
  for (const wanted of isFull ? full : usual) {
    const tenant = `bench-recompute-${wanted}`;
    const people = await makeManyPeople({ db: flow.db, bare }, tenant, wanted);
    await bare.unsafe('vacuum analyze');
    const scan = await msOf(() => scanAll(bare, tenant));
    let megabytes = 0;
    const onProgress = () => {
      megabytes = Math.max(megabytes, process.memoryUsage.rss() / 2 ** 20);
    };
    const ours = await msOf(() => rebuildFeatures(flow, tenant, { schema, onProgress }));
    taken.push({ people, ours, bare: scan, megabytes: Math.round(megabytes) });
  }
  const [half, whole] = taken as [(typeof taken)[number], (typeof taken)[number]];
  const baseline = 'a bare scan of the same rows';
  return [
    ...taken.map(({ people, ours, bare: scan, megabytes }) =>
      figure(
        `features of ${people.toLocaleString('en')} people anew`,
        ours / 1000,
        's',
        { what: baseline, value: scan / 1000 },
        `${(people * activitiesEach).toLocaleString('en')} activities, at most ${megabytes} MB in this process`,
      ),
    ),
    figure('features of twice as many people', whole.ours / 1000, 's', {
      what: 'of half as many',
      value: half.ours / 1000,
    }),
  ];
}

/** Reads every column of what is known of the people, through the driver. */
async function scanAll(bare: Bare, tenant: string): Promise<void> {
  for (const table of ['entities', 'fact_sets', 'relations', 'touches'])
    for await (const rows of bare`select * from ${bare(table)} where tenant_id = ${tenant}`.cursor(1000))
      if (rows.length === 0) return;
}
