import type { CrmObject } from '#lib/core/subject.ts';
import { toInstant, type Instant } from '#lib/core/time.ts';
import type { CrmReader } from '#lib/crm/crm.ts';
import type { Db } from '#lib/platform/db.ts';
import { noting, type Job, type Progress } from './noting.ts';
import { readAhead } from './read-ahead.ts';
import { loadSync, saveSync, type SyncState } from './store-sync.ts';
import { keepVersions } from './store-versions.ts';

/** What may wait to be stored; it goes into the database together. Notes and e-mails are long. */
const ahead = { pages: 8, characters: 4_000_000 };
const recordsInPage = 100;

/**
 * Reads everything once. Pages are read while those before them are stored; what is stored and the place after it commit
 * together, so that a killed backfill goes on where it was. An object that the account does not share is noted and left
 * out; any other failure is noted and thrown. HTTP never happens inside a transaction.
 */
export async function backfill(
  db: Db,
  reader: CrmReader,
  job: Job & { objects: readonly CrmObject[]; onProgress?: (progress: Progress) => void },
): Promise<void> {
  for (const object of job.objects) {
    const problem = await noting(db, reader, job, object, () => backfillObject(db, reader, job, object));
    if (problem !== null) job.onProgress?.({ object, records: 0, done: false, problem });
  }
}

async function backfillObject(
  db: Db,
  reader: CrmReader,
  job: Job & { onProgress?: (progress: Progress) => void },
  object: CrmObject,
): Promise<void> {
  let state = await db.tenant(job.tenantId, tx => loadSync(tx, reader.crm, object));
  if (state?.done) return;
  // What changes from here on is the reconcile's to find, even if its page was read before.
  const modifiedUpTo: Instant = state?.modifiedUpTo ?? toInstant(job.clock());
  const read = (after: string | null) => reader.listPage(object, { after, limit: recordsInPage });
  for await (const pages of readAhead(state?.cursor ?? null, read, ahead)) {
    const records = pages.flatMap(page => page.records);
    const cursor = pages.at(-1)?.next ?? null;
    const learntAt = toInstant(job.clock());
    const next: SyncState = {
      cursor,
      done: cursor === null,
      records: (state?.records ?? 0) + records.length,
      modifiedUpTo,
      lastAt: learntAt,
      problem: null,
    };
    await db.tenant(job.tenantId, async tx => {
      const fresh = await keepVersions(tx, { crm: reader.crm, object }, records, {
        learntAt,
        sealingKey: job.sealingKey,
      });
      if (fresh.length > 0) await job.keep(tx, fresh);
      await saveSync(tx, reader.crm, object, next);
    });
    state = next;
    job.onProgress?.({ object, records: next.records, done: next.done, problem: null });
  }
}
