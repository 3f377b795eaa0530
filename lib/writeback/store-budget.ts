import { and, eq, inArray, or } from 'drizzle-orm';
import { contactBudget, contactBudgetLocks } from '#drizzle/schema/writeback.ts';
import { subjectKey, type Subject } from '#lib/core/subject.ts';
import type { Instant } from '#lib/core/time.ts';
import type { TenantTx } from '#lib/platform/db.ts';
import { fullestWeekAround } from './budget.ts';

/** `used` counts the fullest seven days around the touch, this one included when it was granted. */
export interface Reservation {
  ok: boolean;
  used: number;
}

/**
 * Promises one touch to a person, at most `limitPerWeek` in any seven days over all agents. The person's rows are locked
 * until the transaction ends, so that two reservations cannot both take the last place. A change that has its place
 * keeps it, and asks again only for another time. `others`: other records of the person, from before a merge or beside
 * this one, whose touches count.
 */
export async function reserveBudget(
  tx: TenantTx,
  person: Subject,
  changeId: string,
  at: Instant,
  limitPerWeek: number,
  others: readonly Subject[] = [],
): Promise<Reservation> {
  const key = keyOf(tx, person);
  // In one order, so that two who reserve for records of one person cannot wait for each other.
  const records = new Map([person, ...others].map(one => [subjectKey(one), one]));
  for (const [, one] of [...records].sort(([a], [b]) => (a < b ? -1 : 1))) await lockRecord(tx, one);
  const taken = await touchesOf(tx, [...records.values()]);
  const kept = taken.filter(touch => touch.changeId !== changeId);
  const held = fullestWeekAround(
    Date.parse(at),
    kept.map(touch => Date.parse(touch.at)),
  );
  if (taken.some(touch => touch.changeId === changeId && touch.at === at))
    return { ok: true, used: held + 1 };
  if (held >= limitPerWeek) return { ok: false, used: held };
  // Its earlier place may be another record's, from before a merge.
  if (taken.length > kept.length) await releaseBudget(tx, [changeId]);
  await tx.sql
    .insert(contactBudget)
    .values({ ...key, changeId, at })
    .onConflictDoUpdate({
      target: [
        contactBudget.tenantId,
        contactBudget.crm,
        contactBudget.object,
        contactBudget.recordId,
        contactBudget.changeId,
      ],
      set: { at },
    });
  return { ok: true, used: held + 1 };
}

/** Touches that any seven days around a time hold, those of `except` left out, those of `others` counted. */
export async function touchesAround(
  tx: TenantTx,
  person: Subject,
  at: Instant,
  except: readonly string[] = [],
  others: readonly Subject[] = [],
): Promise<number> {
  const kept = (await touchesOf(tx, [person, ...others])).filter(touch => !except.includes(touch.changeId));
  return fullestWeekAround(
    Date.parse(at),
    kept.map(touch => Date.parse(touch.at)),
  );
}

/** Gives back what changes had reserved: they were not written, or were taken back. */
export async function releaseBudget(tx: TenantTx, changeIds: readonly string[]): Promise<void> {
  await tx.sql.delete(contactBudget).where(inArray(contactBudget.changeId, [...changeIds]));
}

const touchesOf = (tx: TenantTx, lives: readonly Subject[]) =>
  tx.sql
    .select({ changeId: contactBudget.changeId, at: contactBudget.at })
    .from(contactBudget)
    .where(
      and(
        eq(contactBudget.tenantId, tx.tenantId),
        or(
          ...lives.map(({ crm, object, id }) =>
            and(eq(contactBudget.crm, crm), eq(contactBudget.object, object), eq(contactBudget.recordId, id)),
          ),
        ),
      ),
    );

const keyOf = (tx: TenantTx, { crm, object, id }: Subject) => ({
  tenantId: tx.tenantId,
  crm,
  object,
  recordId: id,
});

async function lockRecord(tx: TenantTx, record: Subject): Promise<void> {
  const key = keyOf(tx, record);
  await tx.sql.insert(contactBudgetLocks).values(key).onConflictDoNothing();
  await tx.sql
    .select({ tenantId: contactBudgetLocks.tenantId })
    .from(contactBudgetLocks)
    .where(
      and(
        eq(contactBudgetLocks.tenantId, key.tenantId),
        eq(contactBudgetLocks.crm, key.crm),
        eq(contactBudgetLocks.object, key.object),
        eq(contactBudgetLocks.recordId, key.recordId),
      ),
    )
    .for('update');
}
