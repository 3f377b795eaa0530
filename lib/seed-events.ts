import type { CrmRecord } from '#lib/core/record.ts';
import type { Scope } from '#lib/core/scope.ts';
import { isPerson } from '#lib/core/subject.ts';
import { openSession } from '#lib/crm/session.ts';
import type { Flow } from './flow.ts';
import { stages, type Stages } from './stages.ts';
import { takeInEvents } from './take-in-events.ts';

const pageSize = 100;
const mostPages = 20;
const batchSize = 500;

/**
 * Sends events about people of the connected CRM, as `make` invents them, the way that a website would: for the demo, before
 * its first reading. They wait for their records, and come with them. Answers how many were taken.
 */
export async function seedEvents(
  flow: Flow,
  scope: Scope,
  make: (people: readonly CrmRecord[], now: Date) => object[],
  s: Stages = stages,
): Promise<number> {
  const people = await readPeople(flow, scope, s);
  const events = make(people, flow.now());
  let accepted = 0;
  for (let from = 0; from < events.length; from += batchSize) {
    const batch = events.slice(from, from + batchSize);
    accepted += (await takeInEvents(flow, scope, batch, { ask: false, perMinute: null }, s)).accepted;
  }
  return accepted;
}

async function readPeople(flow: Flow, { tenantId }: Scope, s: Stages): Promise<CrmRecord[]> {
  const session = await openSession(flow.db, tenantId, {
    key: flow.sealingKey,
    clock: flow.now,
    urgency: 'background',
  });
  const reader = s.ingest.openReader(session);
  const people: CrmRecord[] = [];
  for (const object of reader.objects) {
    if (!isPerson({ crm: reader.crm, object })) continue;
    let after: string | null = null;
    for (let page = 0; page < mostPages; page += 1) {
      const { records, next } = await reader.listPage(object, { after, limit: pageSize });
      people.push(...records.map(({ record }) => record));
      if (next === null) break;
      after = next;
    }
  }
  return people;
}
