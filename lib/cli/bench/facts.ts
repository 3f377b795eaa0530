import { DAY_MS, toInstant } from '#lib/core/time.ts';
import { factsAbout, project } from '#lib/graph/graph.ts';
import { figure, type Figure } from './figure.ts';
import { activities, firstDay, history, ref } from './long-history.ts';
import { p50, p95, timesInTurn } from './measure.ts';
import type { Place } from './place.ts';

const tenant = 'bench-facts';
const shown = 200;

/** What is known about a person with a long history of e-mails. */
export async function benchFacts(place: Place): Promise<Figure[]> {
  const { db, bare } = await place.postgres();
  const person = ref('contacts', '1');
  const asOf = toInstant(firstDay + activities * DAY_MS);
  await db.tenant(tenant, tx => project(tx, history(person), toInstant(firstDay)));
  await bare.unsafe('analyze');
  const select = () =>
    bare`select t.* from relations r join touches t
        on t.tenant_id = r.tenant_id and t.crm = r.crm and t.object = r.object and t.record_id = r.record_id
      where r.tenant_id = ${tenant} and r.crm = 'hubspot' and r.to_object = 'contacts' and r.to_id = ${person.id}
        and r.object = 'emails' order by t.at desc limit ${shown}`;
  const times = await timesInTurn(
    { ours: () => db.tenant(tenant, tx => factsAbout(tx, person, asOf)), bare: select },
    { count: 120, warmUp: 30 },
  );
  const facts = await db.tenant(tenant, tx => factsAbout(tx, person, asOf));
  if (facts.touches.length !== shown) throw new Error(`${facts.touches.length} touches instead of ${shown}`);
  const what = `facts about a person with ${activities} activities`;
  const baseline = `a bare select of its ${shown} newest`;
  return [
    figure(`${what}, p50`, p50(times.ours), 'ms', { what: baseline, value: p50(times.bare) }),
    figure(`${what}, p95`, p95(times.ours), 'ms', { what: baseline, value: p95(times.bare) }),
  ];
}
