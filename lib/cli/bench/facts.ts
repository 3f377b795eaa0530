import type { CrmRecord } from '#lib/core/record.ts';
import type { CrmObject, Subject } from '#lib/core/subject.ts';
import { DAY_MS, toInstant } from '#lib/core/time.ts';
import { factsAbout, project } from '#lib/graph/graph.ts';
import { figure, type Figure } from './figure.ts';
import { p50, p95, timesInTurn } from './measure.ts';
import type { Place } from './place.ts';

const tenant = 'bench-facts';
const activities = 1000;
const shown = 200;
const firstDay = Date.UTC(2026, 0, 5);

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

const ref = (object: CrmObject, id: string): Subject => ({ crm: 'hubspot', object, id });

function record(subject: Subject, day: number, fields: CrmRecord['fields'], to: Subject[] = []): CrmRecord {
  const at = toInstant(firstDay + day * DAY_MS);
  return {
    ref: subject,
    version: at,
    createdAt: at,
    updatedAt: at,
    archived: false,
    fields,
    history: [],
    links: to.map(other => ({ to: other, kind: 'default' })),
  };
}

function history(person: Subject): CrmRecord[] {
  const company = ref('companies', '2');
  const emails = Array.from({ length: activities }, (_, i) =>
    record(
      ref('emails', String(1000 + i)),
      i / 2,
      {
        hs_timestamp: toInstant(firstDay + (i * DAY_MS) / 2),
        hs_email_subject: `Your vans, week ${i}`,
        hs_email_text: `Thank you for your message number ${i}. `.repeat(20),
        hs_email_direction: i % 3 === 0 ? 'INCOMING_EMAIL' : 'EMAIL',
      },
      [person, company],
    ),
  );
  return [
    record(company, 0, { name: 'Fleet', domain: 'fleet.example' }),
    record(person, 0, { firstname: 'Ada', lastname: 'Lindqvist', email: 'ada@fleet.example' }, [company]),
    ...emails,
  ];
}
