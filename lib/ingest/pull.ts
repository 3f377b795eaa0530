import type { CrmRecord } from '#lib/core/record.ts';
import { subjectKey, type CrmObject, type Subject } from '#lib/core/subject.ts';
import { toInstant, type Instant } from '#lib/core/time.ts';
import type { CrmReader, ReadRecord } from '#lib/crm/crm.ts';
import type { Db, TenantTx } from '#lib/platform/db.ts';
import { becameAnother, goneSince } from './gone.ts';
import type { Job } from './noting.ts';
import type { SealingKey } from '#lib/platform/secrets.ts';
import { erasedAmong } from './store-events.ts';
import { keepVersions, newestVersions } from './store-versions.ts';

type Read = { object: CrmObject } & Awaited<ReturnType<CrmReader['read']>>;

/**
 * Reads records again as they are now and stores what is new. One that is gone gets an archived version, one that was
 * merged an archived version that says where it lives on (and that record is read too), and one that was erased a
 * version without what it held. `keep` is called exactly once, even with nothing new, so that a claim can end in the
 * same transaction.
 */
export async function pull(
  db: Db,
  reader: CrmReader,
  job: Job & { subjects: readonly Subject[] },
): Promise<CrmRecord[]> {
  const read = await readEach(reader, job.subjects);
  const asked = new Set(job.subjects.map(subjectKey));
  const survivors = read.flatMap(({ merged }) => merged.map(({ into }) => into));
  const unread = survivors.filter(survivor => !asked.has(subjectKey(survivor)));
  const all = [...(await readEach(reader, unread)), ...read];
  const learntAt = toInstant(job.clock());
  const { sealingKey } = job;
  return db.tenant(job.tenantId, async tx => {
    const fresh: CrmRecord[] = [];
    for (const one of all) {
      const table = { crm: reader.crm, object: one.object };
      const gone = await lastVersions(tx, table, one, { at: learntAt, sealingKey });
      fresh.push(...(await keepVersions(tx, table, [...one.records, ...gone], { learntAt, sealingKey })));
    }
    await job.keep(tx, fresh);
    return fresh;
  });
}

async function readEach(reader: CrmReader, subjects: readonly Subject[]): Promise<Read[]> {
  const read: Read[] = [];
  for (const [object, some] of Map.groupBy(subjects, subject => subject.object)) {
    const ids = [...new Set(some.map(({ id }) => id))];
    read.push({ object, ...(await reader.read(object, ids)) });
  }
  return read;
}

/** What is to be known from now on of records that the CRM no longer has. */
async function lastVersions(
  tx: TenantTx,
  table: Pick<Subject, 'crm' | 'object'>,
  { missing, merged }: Read,
  { at, sealingKey }: { at: Instant; sealingKey: SealingKey },
): Promise<ReadRecord[]> {
  const erased = await erasedAmong(tx, table, missing);
  const into = new Map(merged.map(one => [one.id, one.into]));
  const known = await newestVersions(tx, table, [...missing, ...into.keys()], sealingKey);
  return known.map(record => {
    const survivor = into.get(record.ref.id);
    return survivor ? becameAnother(record, survivor, at) : goneSince(record, at, erased.has(record.ref.id));
  });
}
