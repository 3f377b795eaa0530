import { AppError } from '#lib/core/errors.ts';
import type { CrmRecord } from '#lib/core/record.ts';
import type { CrmObject, Subject } from '#lib/core/subject.ts';
import { toInstant, type Clock, type Instant } from '#lib/core/time.ts';
import type { CrmReader } from '#lib/crm/crm.ts';
import type { Db, TenantTx } from '#lib/platform/db.ts';
import { loadSync, saveSync, type SyncState } from './store-sync.ts';
import { keepVersions, newestVersions } from './store-versions.ts';

export { openReader } from '#lib/crm/crm.ts';
export { endWait } from './store-events.ts';
export {
  claimSettled,
  finishSettled,
  giveBack,
  overdue,
  receive,
  type Claim,
  type Received,
} from './settle.ts';
export { verifyHubSpotSignature, type SignatureCheck, type SignedRequest } from './signature.ts';
export { parseWebhook, type Webhook } from './webhook.ts';

/** All that a backfill reads, in an order in which a record's surroundings are mostly known before it. */
export const syncedObjects: readonly CrmObject[] = [
  ...(['owners', 'pipelines', 'properties', 'companies', 'contacts', 'deals'] as const),
  ...(['emails', 'calls', 'meetings', 'notes', 'tasks'] as const),
];

/** Takes records that are new, in the transaction that stores them: both are kept, or neither. */
export type Keep = (tx: TenantTx, records: CrmRecord[]) => Promise<void>;

export interface Progress {
  object: CrmObject;
  /** Records read so far, earlier runs included. */
  records: number;
  done: boolean;
  /** Why this object cannot be read, where the CRM does not let us. */
  problem: string | null;
}

interface Job {
  tenantId: string;
  clock: Clock;
  keep: Keep;
}

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

/** Runs the work of one object; a failure is noted in its state. Answers with why the CRM does not share it, if so. */
async function noting(
  db: Db,
  reader: CrmReader,
  job: Job,
  object: CrmObject,
  work: () => Promise<void>,
): Promise<string | null> {
  try {
    await work();
    return null;
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const lastAt = toInstant(job.clock());
    await db.tenant(job.tenantId, async tx => {
      const state = (await loadSync(tx, reader.crm, object)) ?? neverRead;
      await saveSync(tx, reader.crm, object, { ...state, lastAt, problem: error.message });
    });
    if (error.code === 'forbidden' || error.code === 'not_found') return error.message;
    throw error;
  }
}

const neverRead = { cursor: null, done: false, records: 0, modifiedUpTo: null };
