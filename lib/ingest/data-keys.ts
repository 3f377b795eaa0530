import type { Subject } from '#lib/core/subject.ts';
import { toInstant, type Clock, type Instant } from '#lib/core/time.ts';
import type { Db, TenantTx } from '#lib/platform/db.ts';
import type { SealingKey } from '#lib/platform/secrets.ts';
import { destroyKeys, rewrapSome, type Rewrapped } from './store-keys.ts';
import { blankPlain, countPlain, sealPlain } from './store-plain.ts';

/** Data keys, and versions, that one transaction takes. */
const keysAtOnce = 2000;
const versionsAtOnce = 500;

/**
 * Makes unreadable for good what was read of some people: their records, and what belongs to them alone or to them and
 * others. Merged people need all their records named. A copy of the database from before still has the keys, wrapped: it
 * is unreadable once the sealing key was rotated and the older one is gone.
 */
export async function shred(
  tx: TenantTx,
  people: readonly Subject[],
  at: Instant,
): Promise<{ keys: number; plain: number }> {
  return { plain: await blankPlain(tx, people, at), keys: await destroyKeys(tx, people, at) };
}

/** Seals, batch by batch, what was stored before there were data keys. `onProgress` is told what was and what is left. */
export async function sealOld(
  db: Db,
  tenantId: string,
  job: {
    sealingKey: SealingKey;
    clock: Clock;
    onProgress?: (progress: { sealed: number; left: number }) => void;
  },
): Promise<number> {
  const left = await db.tenant(tenantId, countPlain);
  let sealed = 0;
  for (let more = left > 0; more;) {
    const now = toInstant(job.clock());
    const done = await db.tenant(tenantId, tx =>
      sealPlain(tx, job.sealingKey, { now, limit: versionsAtOnce }),
    );
    sealed += done;
    more = done > 0;
    if (more) job.onProgress?.({ sealed, left: Math.max(0, left - sealed) });
  }
  return sealed;
}

/** Wraps all data keys of a tenant with the newest sealing key. Those that cannot be opened stay as they are, and count. */
export async function rewrapKeys(db: Db, tenantId: string, ring: SealingKey): Promise<Rewrapped> {
  const sum: Rewrapped = { stored: 0, resealed: 0, unreadable: 0 };
  for (let after: string | null = ''; after !== null;) {
    const place: { after: string; limit: number } = { after, limit: keysAtOnce };
    const { last, ...some } = await db.tenant(tenantId, tx => rewrapSome(tx, ring, place));
    sum.stored += some.stored;
    sum.resealed += some.resealed;
    sum.unreadable += some.unreadable;
    after = last;
  }
  return sum;
}
