import type { PgBoss } from 'pg-boss';
import type { JobName } from '#lib/jobs/define.ts';

/** What happens by the clock: lost webhooks are looked for, unanswered suggestions end, the ledger is put in order,
 * and records that stand for one person are looked for with the rules of the day. */
const plan: Partial<Record<JobName, string>> = {
  reconcile: '*/5 * * * *',
  expire: '*/10 * * * *',
  sequence: '* * * * *',
  erase: '25 * * * *',
  train: '15 3 * * *',
  'find-duplicates': '45 2 * * *',
};

export async function schedule(boss: PgBoss, tenantId: string): Promise<void> {
  for (const { name, key } of await boss.getSchedules())
    if (key !== tenantId) await boss.unschedule(name, key);
  for (const [name, cron] of Object.entries(plan))
    await boss.schedule(name, cron, { tenantId, input: {} }, { key: tenantId, singletonKey: tenantId });
  // After an update, once: what an earlier version stored as plain text. With nothing of that left it ends at once.
  await boss.send('seal-old' satisfies JobName, { tenantId, input: {} }, { singletonKey: tenantId });
}
