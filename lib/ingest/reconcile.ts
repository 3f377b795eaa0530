import type { CrmObject } from '#lib/core/subject.ts';
import { toInstant } from '#lib/core/time.ts';
import type { CrmReader } from '#lib/crm/crm.ts';
import type { Db } from '#lib/platform/db.ts';
import { noting, type Job } from './noting.ts';
import { loadSync, saveSync } from './store-sync.ts';
import { keepVersions } from './store-versions.ts';

/** Search lags behind writes: each poll looks this far back once more. */
const overlapMs = 5 * 60_000;

/**
 * Finds what lost webhooks left out: everything modified since the last poll of an object whose backfill is done.
 * Failures as in `backfill`. Answers with the number of new versions.
 */
export async function reconcile(
  db: Db,
  reader: CrmReader,
  job: Job & { objects: readonly CrmObject[] },
): Promise<{ found: number }> {
  let found = 0;
  for (const object of job.objects)
    await noting(db, reader, job, object, async () => {
      const state = await db.tenant(job.tenantId, tx => loadSync(tx, reader.crm, object));
      if (!state?.done || state.modifiedUpTo === null) return;
      const startedAt = toInstant(job.clock());
      const since = toInstant(Date.parse(state.modifiedUpTo) - overlapMs);
      for (let after: string | null = null, more = true; more;) {
        const page = await reader.modifiedSince(object, since, after);
        const learntAt = toInstant(job.clock());
        found += await db.tenant(job.tenantId, async tx => {
          const fresh = await keepVersions(tx, { crm: reader.crm, object }, page.records, learntAt);
          if (fresh.length > 0) await job.keep(tx, fresh);
          return fresh.length;
        });
        after = page.next;
        more = after !== null;
      }
      await db.tenant(job.tenantId, tx =>
        saveSync(tx, reader.crm, object, {
          ...state,
          modifiedUpTo: startedAt,
          lastAt: startedAt,
          problem: null,
        }),
      );
    });
  return { found };
}
