import { AppError } from '#lib/core/errors.ts';
import type { CrmRecord } from '#lib/core/record.ts';
import type { CrmObject } from '#lib/core/subject.ts';
import { toInstant, type Clock } from '#lib/core/time.ts';
import type { CrmReader } from '#lib/crm/crm.ts';
import type { Db, TenantTx } from '#lib/platform/db.ts';
import type { SealingKey } from '#lib/platform/secrets.ts';
import { loadSync, saveSync } from './store-sync.ts';

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

/** What every way of reading is told. */
export interface Job {
  tenantId: string;
  clock: Clock;
  /** What is read is stored under data keys that this one wraps. */
  sealingKey: SealingKey;
  keep: Keep;
}

/** What another try meets again: the object is left out, with the reason in its state, and the rest goes on. */
const notForUs: ReadonlySet<string> = new Set(['forbidden', 'not_found', 'refused']);

/** Runs the work of one object; a failure is noted in its state. Answers with why the CRM does not share it, if so. */
export async function noting(
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
    if (notForUs.has(error.code)) return error.message;
    throw error;
  }
}

const neverRead = { cursor: null, done: false, records: 0, modifiedUpTo: null };
