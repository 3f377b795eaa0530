import type { CrmRecord } from '#lib/core/record.ts';
import { isPerson, subjectKey } from '#lib/core/subject.ts';
import { toInstant } from '#lib/core/time.ts';
import type { TenantTx } from '#lib/platform/db.ts';
import type { Flow } from './flow.ts';
import { askAbout, placesOf, type Placed } from './place-events.ts';
import type { Stages } from './stages.ts';

/**
 * Events that waited for one of these records are kept with it, in the transaction that brings it into the graph: call it
 * after the records are there. `ask` as for an intake.
 */
export async function releaseEvents(
  tx: TenantTx,
  records: readonly CrmRecord[],
  flow: Flow,
  s: Stages,
  { ask }: { ask: boolean },
): Promise<void> {
  await s.ingest.holdParking(tx, 'release');
  const keys = records.flatMap(({ ref, fields }) => [
    subjectKey(ref),
    ...(isPerson(ref) && fields['email'] ? [`email:${fields['email'].trim().toLowerCase()}`] : []),
  ]);
  const now = toInstant(flow.now());
  const kept: Placed[] = [];
  for (let after: string | null = null; ;) {
    const events = await s.ingest.waitingFor(tx, keys, after);
    if (events.length === 0) break;
    const places = await placesOf(
      tx,
      events.map(event => ({ event })),
      s,
    );
    const over: string[] = [];
    const page: Placed[] = [];
    for (const event of events) {
      const place = places.get(s.ingest.addressKey(event.subject));
      if (place === undefined) continue;
      // An address that several have stays in question; of somebody who was erased nothing is kept.
      if (typeof place !== 'string') page.push({ ...event, subject: place });
      else if ('email' in event.subject) continue;
      over.push(event.id);
    }
    await s.graph.keepInteractions(tx, page, now);
    await s.features.noteChanges(
      tx,
      page.map(({ subject }) => subject),
    );
    await s.ingest.endParking(tx, over);
    kept.push(...page);
    after = events.at(-1)?.id ?? null;
  }
  if (ask && kept.length > 0) await askAbout(tx, kept, flow, s);
}
