import type { CrmRecord } from '#lib/core/record.ts';
import type { CrmObject, Subject } from '#lib/core/subject.ts';
import { toInstant, type Instant } from '#lib/core/time.ts';
import type { CrmReader } from '#lib/crm/crm.ts';
import type { Db } from '#lib/platform/db.ts';
import type { Job } from './noting.ts';
import { keepVersions, newestVersions } from './store-versions.ts';

/**
 * Reads records again as they are now and stores what is new; one that is gone gets an archived version. `keep` is
 * called exactly once, even with nothing new, so that a claim can end in the same transaction.
 */
export async function pull(
  db: Db,
  reader: CrmReader,
  job: Job & { subjects: readonly Subject[] },
): Promise<CrmRecord[]> {
  const read: ({ object: CrmObject } & Awaited<ReturnType<CrmReader['read']>>)[] = [];
  for (const [object, subjects] of Map.groupBy(job.subjects, subject => subject.object)) {
    const ids = subjects.map(({ id }) => id);
    read.push({ object, ...(await reader.read(object, ids)) });
  }
  const learntAt = toInstant(job.clock());
  return db.tenant(job.tenantId, async tx => {
    const fresh: CrmRecord[] = [];
    for (const { object, records, missing } of read) {
      const table = { crm: reader.crm, object };
      const gone = (await newestVersions(tx, table, missing)).map(record => goneSince(record, learntAt));
      fresh.push(...(await keepVersions(tx, table, [...records, ...gone], learntAt)));
    }
    await job.keep(tx, fresh);
    return fresh;
  });
}

/** The last that was known of a record which the CRM no longer has. */
function goneSince(record: CrmRecord, at: Instant) {
  const archived = { ...record, archived: true, updatedAt: at, version: `${at}-gone` };
  return { record: archived, raw: { gone: true } };
}
