import { DAY_MS, toInstant } from '#lib/core/time.ts';
import { project } from '#lib/graph/graph.ts';
import { currentSchema, noteLearnt, refreshFeatures } from '#lib/keep-features.ts';
import { rebuildFeatures } from '#lib/rebuild-features.ts';
import { jsonTable } from './bare.ts';
import { figure, type Figure } from './figure.ts';
import { activities, emailWith, firstDay, history, ref } from './long-history.ts';
import { p50, p95, timesInTurn } from './measure.ts';
import { tenantId, type Place } from './place.ts';

const tenant = 'bench-incremental';
const shown = 200;

/**
 * From an e-mail that was read in the CRM to the stored features of the person that it is with: into the graph, features
 * noted as stale, facts read, features derived and stored, in three transactions.
 */
export async function benchFeaturesIncremental(place: Place): Promise<Figure[]> {
  const { flow: real, bare } = await place.connected();
  let now = firstDay + activities * DAY_MS;
  const flow = { ...real, now: () => new Date(now) };
  const person = ref('contacts', '1');
  const schema = await flow.db.tenant(tenantId, tx => currentSchema(tx));
  await flow.db.tenant(tenant, tx => project(tx, history(person), toInstant(firstDay)));
  await rebuildFeatures(flow, tenant, { schema });
  await jsonTable(bare);
  await bare.unsafe('analyze');
  const ours = async (i: number): Promise<void> => {
    now += 1000;
    const email = emailWith(person, activities + i);
    const learntOf = await flow.db.tenant(tenant, async tx => {
      await project(tx, [email], toInstant(now));
      return noteLearnt(tx, [email], toInstant(now));
    });
    const rows = await refreshFeatures(flow, tenant, learntOf, undefined, schema);
    if (rows !== 1) throw new Error(`the features of ${rows} people were stored instead of one`);
  };
  const least = (i: number) =>
    bare.begin(async tx => {
      await tx`select t.* from relations r join touches t
          on t.tenant_id = r.tenant_id and t.crm = r.crm and t.object = r.object and t.record_id = r.record_id
        where r.tenant_id = ${tenant} and r.crm = 'hubspot' and r.to_object = 'contacts' and r.to_id = ${person.id}
          and r.object = 'emails' order by t.at desc limit ${shown}`;
      await tx`insert into bench_json values (${`features ${i}`}, ${tx.json({ text: 'x'.repeat(4000) })})`;
    });
  const times = await timesInTurn({ ours, bare: least }, { count: 120, warmUp: 30 });
  const what = `one event to stored features, ${activities} activities`;
  const baseline = `a bare select of the ${shown} newest and an insert`;
  return [
    figure(`${what}, p50`, p50(times.ours), 'ms', { what: baseline, value: p50(times.bare) }),
    figure(`${what}, p95`, p95(times.ours), 'ms', { what: baseline, value: p95(times.bare) }),
  ];
}
