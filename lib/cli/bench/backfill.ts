import { openSession } from '#lib/crm/session.ts';
import { project } from '#lib/graph/graph.ts';
import { backfill, openReader, type Keep } from '#lib/ingest/ingest.ts';
import { toInstant } from '#lib/core/time.ts';
import { figure, type Figure } from './figure.ts';
import { msOf } from './measure.ts';
import { tenantId, type Place } from './place.ts';

const clock = () => new Date();
const store: Keep = () => Promise.resolve();
const storeAndProject: Keep = (tx, records) => project(tx, records, toInstant(clock()));

/** The demo's whole CRM over HTTP into each database; the sandbox works in this process too. */
export async function benchBackfill(place: Place): Promise<Figure[]> {
  const { flow } = await place.connected();
  const embedded = await place.embedded();
  const session = await openSession(flow.db, tenantId, {
    key: flow.sealingKey,
    clock,
    urgency: 'background',
  });
  const readAll = async (): Promise<number> => {
    const reader = openReader(session);
    let records = 0;
    for (const object of reader.objects)
      for (let after: string | null = null, more = true; more;) {
        const page = await reader.listPage(object, { after, limit: 100 });
        records += page.records.length;
        after = page.next;
        more = after !== null;
      }
    return records;
  };
  const records = await readAll();
  const rate = (milliseconds: number) => (1000 * records) / milliseconds;
  const figures: Figure[] = [];
  let readBefore = await msOf(readAll);
  for (const [db, where] of [[flow.db, 'Postgres'] as const, [embedded, 'the embedded database'] as const])
    for (const [keep, how] of [[store, 'stored'] as const, [storeAndProject, 'and in the graph'] as const]) {
      const took = await msOf(() =>
        backfill(db, openReader(session), {
          tenantId: `bench-${figures.length}`,
          clock,
          objects: openReader(session).objects,
          keep,
        }),
      );
      // Read once before and once after: what else the machine does then falls on both.
      const readAfter = await msOf(readAll);
      const read = { what: 'reading alone', value: rate((readBefore + readAfter) / 2) };
      figures.push(
        figure(`records into ${where}, ${how}`, rate(took), 'per second', read, `${records} records`),
      );
      readBefore = readAfter;
    }
  return figures;
}
