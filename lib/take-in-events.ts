import { AppError } from '#lib/core/errors.ts';
import type { Scope } from '#lib/core/scope.ts';
import type { Subject } from '#lib/core/subject.ts';
import { toInstant } from '#lib/core/time.ts';
import type { TenantTx } from '#lib/platform/db.ts';
import type { Flow } from './flow.ts';
import type { ReadEvent, Refused } from './ingest/ingest.ts';
import { askAbout, placesOf, type Placed } from './place-events.ts';
import { stages, type Stages } from './stages.ts';

/** What became of a batch; an index counts from 0. */
export interface TakenEvents {
  /** Taken: kept with their subjects, or parked. */
  accepted: number;
  /** Taken before, with the same content. */
  duplicate: number;
  /** Of the accepted, those that wait until their subject is known. */
  parked: number;
  rejected: Refused[];
}

/** How a batch came. `ask`: what is new of somebody is decided about. `perMinute`: events that the tenant may send. */
export interface Intake {
  ask: boolean;
  perMinute: number | null;
}

/**
 * Events that a website, a mailing or a product sent: each is kept with its subject once, or parked until the subject is
 * known, and the people and deals that they are about are decided about anew. What this answers for is durable. Throws
 * AppError('bad_input') where no batch can be read, AppError('limited') beyond what the tenant may send.
 */
export async function takeInEvents(
  flow: Flow,
  { tenantId }: Pick<Scope, 'tenantId'>,
  batch: unknown,
  { ask, perMinute }: Intake,
  s: Stages = stages,
): Promise<TakenEvents> {
  const { events, rejected } = s.ingest.readEvents(batch);
  if (perMinute !== null)
    await spend(flow, tenantId, Math.max(1, events.length + rejected.length), perMinute, s);
  const taken: TakenEvents = { accepted: 0, duplicate: 0, parked: 0, rejected };
  if (events.length > 0)
    await flow.db.tenant(tenantId, async tx => {
      const kept = await keepEvents(tx, events, { taken, flow, s });
      if (ask) await askAbout(tx, kept, flow, s);
    });
  taken.rejected.sort((a, b) => a.index - b.index);
  return taken;
}

async function spend(
  flow: Flow,
  tenantId: string,
  events: number,
  perMinute: number,
  s: Stages,
): Promise<void> {
  const retryAfterMs = await flow.db.tenant(tenantId, tx =>
    s.ingest.takeBudget(tx, events, { perMinute, now: toInstant(flow.now()) }),
  );
  if (retryAfterMs > 0)
    throw new AppError(
      'limited',
      `More than ${perMinute.toLocaleString('en-GB')} events a minute were sent: nothing of this batch was taken. Send it again in ${Math.ceil(retryAfterMs / 1000)} s.`,
      { retryAfterMs },
    );
}

const otherContent =
  'id: an event with this id was taken before with other content, and that one stays. Send a change under an id of its own.';

async function keepEvents(
  tx: TenantTx,
  events: readonly ReadEvent[],
  { taken, flow, s }: { taken: TakenEvents; flow: Flow; s: Stages },
): Promise<Placed[]> {
  const now = toInstant(flow.now());
  const { fresh, duplicate, conflicts } = s.ingest.sortOut(
    events,
    await s.ingest.hashesOf(tx, idsOf(events)),
  );
  taken.duplicate += duplicate;
  taken.rejected.push(...conflicts.map(index => ({ index, reason: otherContent })));

  const places = await placesOf(tx, fresh, s);
  if (fresh.some(({ event }) => !places.has(s.ingest.addressKey(event.subject)))) {
    // Again, now that no record can come without seeing what waits for it.
    await s.ingest.holdParking(tx, 'park');
    for (const [key, place] of await placesOf(tx, fresh, s)) places.set(key, place);
  }
  const placed: (ReadEvent & { hash: string; subject: Subject })[] = [];
  const parked: (ReadEvent & { hash: string })[] = [];
  for (const one of fresh) {
    const place = places.get(s.ingest.addressKey(one.event.subject));
    if (place === undefined) parked.push(one);
    else if (typeof place === 'string') taken.rejected.push({ index: one.index, reason: place });
    else placed.push({ ...one, subject: place });
  }
  const noted = await s.ingest.noteEvents(tx, placed, { wait: false, now });
  for (const id of await s.ingest.noteEvents(tx, parked, { wait: true, now })) noted.add(id);
  // Somebody else was faster with the others.
  const late = [...placed, ...parked].filter(({ event }) => !noted.has(event.id));
  const again = s.ingest.sortOut(late, await s.ingest.hashesOf(tx, idsOf(late)));
  taken.duplicate += again.duplicate;
  taken.rejected.push(...again.conflicts.map(index => ({ index, reason: otherContent })));
  taken.accepted += noted.size;
  taken.parked += parked.filter(({ event }) => noted.has(event.id)).length;

  const kept = placed.flatMap(({ event, subject }) => (noted.has(event.id) ? [{ ...event, subject }] : []));
  await s.graph.keepInteractions(tx, kept, now);
  await s.features.noteChanges(
    tx,
    kept.map(({ subject }) => subject),
  );
  return kept;
}

const idsOf = (events: readonly ReadEvent[]): string[] => events.map(({ event }) => event.id);
