import { z } from 'zod';
import { toInstant } from '#lib/core/time.ts';
import { openSession } from '#lib/crm/session.ts';
import { project } from '#lib/graph/graph.ts';
import { backfill, openReader, type Keep } from '#lib/ingest/ingest.ts';
import { openPostgres } from '#lib/platform/open-db.ts';
import { sealingKeyFrom } from '#lib/platform/secrets.ts';
import { msOf } from './measure.ts';

/** What a worker is told: which connection to read, into which tenant, whether the graph too, and when to stop. */
export const Order = z.object({
  databaseUrl: z.string(),
  /** Hexadecimal key of the connection's secrets. */
  key: z.string(),
  connectedAs: z.string(),
  tenantId: z.string(),
  graph: z.boolean(),
  forMs: z.number().nullable(),
});
export type Order = z.infer<typeof Order>;

export const Done = z.object({ records: z.number(), ms: z.number(), cpuMs: z.number(), peakMb: z.number() });
export type Done = z.infer<typeof Done>;

const clock = () => new Date();
const store: Keep = () => Promise.resolve();
const storeAndProject: Keep = (tx, records) => project(tx, records, toInstant(clock()));

process.once('message', message => void work(Order.parse(message)));
process.once('disconnect', () => process.exit(0));
process.send?.('ready');

/** One worker that reads all contacts, in a process of its own so that its memory is its own too. */
async function work({ databaseUrl, key, connectedAs, tenantId, graph, forMs }: Order): Promise<void> {
  const { db } = await openPostgres(databaseUrl, { connections: 10 });
  const session = await openSession(db, connectedAs, {
    key: sealingKeyFrom(key),
    clock,
    urgency: 'background',
  });
  const over = new Error('the time is over');
  let records = 0;
  const cpuBefore = process.cpuUsage();
  const began = performance.now();
  const ms = await msOf(() =>
    backfill(db, openReader(session), {
      tenantId,
      clock,
      sealingKey: sealingKeyFrom(key),
      objects: ['contacts'],
      keep: graph ? storeAndProject : store,
      onProgress: progress => {
        records = progress.records;
        if (forMs !== null && performance.now() - began > forMs) throw over;
      },
    }).catch((error: unknown) => {
      if (error !== over) throw error;
    }),
  );
  const { user, system } = process.cpuUsage(cpuBefore);
  const cpuMs = (user + system) / 1000;
  process.send?.({ records, ms, cpuMs, peakMb: process.resourceUsage().maxRSS / 1024 } satisfies Done);
}
