import { AppError, isRetryable } from '#lib/core/errors.ts';
import type { CrmObject } from '#lib/core/subject.ts';
import type { CrmReader } from '#lib/crm/crm.ts';
import type { Db } from '#lib/platform/db.ts';
import { findModified } from './find-modified.ts';
import { findRelinked } from './find-relinked.ts';
import { findRemoved, sweep } from './find-removed.ts';
import { noting, type Job } from './noting.ts';
import { isDue, type Search } from './search.ts';
import { loadSync } from './store-sync.ts';

/**
 * Finds what lost webhooks left out, for each object whose backfill is done: what was modified since the last search,
 * what was deleted or merged, and, some records at a time, what vanished or was linked otherwise without a word. A search that dies goes on at its
 * next page. Failures are noted in the object's state, and the other objects go on: what another try may cure is thrown
 * at the end, a lost access at once. Answers with the number of new versions.
 */
export async function reconcile(
  db: Db,
  reader: CrmReader,
  job: Job & { objects: readonly CrmObject[] },
): Promise<{ found: number }> {
  let found = 0;
  let failure: unknown;
  for (const object of job.objects)
    try {
      await noting(db, reader, job, object, async () => {
        const state = await db.tenant(job.tenantId, tx => loadSync(tx, reader.crm, object));
        if (!state?.done || state.modifiedUpTo === null) return;
        const search: Search = { db, reader, job, object, state, found: count => (found += count) };
        if (!isDue(search)) return;
        await findModified(search);
        await findRemoved(search);
        await sweep(search);
        await findRelinked(search);
      });
    } catch (error) {
      if (!(error instanceof AppError) || !isRetryable(error)) throw error;
      failure ??= error;
    }
  if (failure !== undefined) throw failure;
  return { found };
}
