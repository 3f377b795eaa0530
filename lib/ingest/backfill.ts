import type { CrmObject } from '#lib/core/subject.ts';
import { toInstant } from '#lib/core/time.ts';
import type { CrmReader } from '#lib/crm/crm.ts';
import type { Db } from '#lib/platform/db.ts';
import { noting, type Job, type Progress } from './noting.ts';
import { loadSync, saveSync, type SyncState } from './store-sync.ts';
import { keepVersions } from './store-versions.ts';

/**
 * Reads everything once, page by page; each page and the place after it commit together, so that a killed backfill goes
 * on where it was. An object that the account does not share is noted and left out; any other failure is noted and
 * thrown. HTTP never happens inside a transaction.
 */
export async function backfill(
  db: Db,
  reader: CrmReader,
  job: Job & { objects: readonly CrmObject[]; onProgress?: (progress: Progress) => void },
): Promise<void> {
  for (const object of job.objects)
    await noting(db, reader, job, object, async () => {
      let state = await db.tenant(job.tenantId, tx => loadSync(tx, reader.crm, object));
      while (!state?.done) {
        state = await backfillPage(db, reader, job, object, state);
        job.onProgress?.({ object, records: state.records, done: state.done, problem: null });
      }
    }).then(problem => {
      if (problem !== null) job.onProgress?.({ object, records: 0, done: false, problem });
    });
}

async function backfillPage(
  db: Db,
  reader: CrmReader,
  job: Job,
  object: CrmObject,
  state: SyncState | null,
): Promise<SyncState> {
  // What changes from here on is the reconcile's to find, even if its page was read before.
  const modifiedUpTo = state?.modifiedUpTo ?? toInstant(job.clock());
  const page = await reader.listPage(object, { after: state?.cursor ?? null, limit: 100 });
  const learntAt = toInstant(job.clock());
  const next: SyncState = {
    cursor: page.next,
    done: page.next === null,
    records: (state?.records ?? 0) + page.records.length,
    modifiedUpTo,
    lastAt: learntAt,
    problem: null,
  };
  await db.tenant(job.tenantId, async tx => {
    const fresh = await keepVersions(tx, { crm: reader.crm, object }, page.records, learntAt);
    if (fresh.length > 0) await job.keep(tx, fresh);
    await saveSync(tx, reader.crm, object, next);
  });
  return next;
}
