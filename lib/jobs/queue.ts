import { sql } from 'drizzle-orm';
import { fromDrizzle, fromPglite, PgBoss, type DrizzleTransactionLike, type Queue } from 'pg-boss';
import { newId } from '#lib/platform/ids.ts';
import { log } from '#lib/platform/log.ts';
import type { Opened } from '#lib/platform/open-db.ts';
import { jobInputs, type JobName } from './define.ts';

/** How each queue delivers: retries, and how long a silent worker is believed to live. */
const base = {
  retryLimit: 5,
  retryDelay: 2,
  retryBackoff: true,
  retryDelayMax: 300,
  heartbeatSeconds: 30,
  notify: true,
};
const keyed = { ...base, policy: 'short' }; // at most one waiting job a key: more of the same news needs no second job

const queues: Record<JobName, Omit<Queue, 'name'>> = {
  backfill: { ...keyed, retryLimit: 20 },
  reconcile: keyed,
  settle: keyed,
  train: { ...keyed, heartbeatSeconds: 120 },
  run: { ...keyed, heartbeatSeconds: 120 },
  decide: keyed,
  apply: { ...keyed, retryLimit: 8 },
  undo: keyed,
  sequence: keyed,
  expire: keyed,
  erase: { ...keyed, heartbeatSeconds: 120 },
  // One at work a tenant: of two, the slower could bring the older score last.
  'write-scores': { ...keyed, policy: 'stately', retryLimit: 20 },
  'seal-old': { ...keyed, retryLimit: 20 },
  'find-duplicates': { ...keyed, heartbeatSeconds: 120 },
};

/** Starts the queue on the open database and lets transactions send through it. */
export async function openQueue(opened: Opened): Promise<PgBoss> {
  const boss = new PgBoss({
    ...(opened.kind === 'embedded'
      ? { db: fromPglite(opened.pglite), backend: 'pglite' as const }
      : { connectionString: opened.url, max: 6 }),
    useListenNotify: true,
    superviseIntervalSeconds: 15,
    registerInstance: false,
    persistWarnings: false,
  });
  boss.on('error', error => log.error({ error: error.message }, 'queue'));
  boss.on('warning', warning => log.debug({ warning }, 'queue'));
  await boss.start();
  for (const name of Object.keys(jobInputs) as JobName[]) await boss.createQueue(name, queues[name]);
  await opened.db.owner.execute(sql.raw(grants));
  opened.db.setEnqueue(async (tx, queue, data, options) => {
    await boss.send(queue, data, {
      db: fromDrizzle(tx as unknown as DrizzleTransactionLike, sql),
      ...(options.startAfter ? { startAfter: options.startAfter } : {}),
      // The queue keeps one waiting job a key over all tenants, and takes a missing key for one that all share.
      singletonKey: `${tenantOf(data)} ${options.key ?? newId('req')}`,
      ...(options.priority ? { priority: options.priority } : {}),
    });
  });
  return boss;
}

const tenantOf = (data: object): string => ('tenantId' in data ? String(data.tenantId) : '');

/** A transaction sends jobs as the application's role. */
const grants = `
do $$ begin
  grant usage on schema pgboss to sidecard_app;
  grant select, insert, update on all tables in schema pgboss to sidecard_app;
  grant execute on all functions in schema pgboss to sidecard_app;
  grant delete on all tables in schema pgboss to sidecard_eraser;
end $$`;
