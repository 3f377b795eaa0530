import { and, eq, inArray, or } from 'drizzle-orm';
import { contactBudget, contactBudgetLocks } from '#drizzle/schema/writeback.ts';
import type { Subject } from '#lib/core/subject.ts';
import type { Instant } from '#lib/core/time.ts';
import type { TenantTx } from '#lib/platform/db.ts';
import { fullestWeekAround } from './budget.ts';

/** `used` counts the fullest seven days around the touch, this one included when it was granted. */
export interface Reservation {
  ok: boolean;
  used: number;
}

/**
 * Promises one touch to a person, at most `limitPerWeek` in any seven days over all agents. The person's row is locked
 * until the transaction ends, so that two reservations cannot both take the last place. A change that has its place
 * keeps it, and asks again only for another time. `earlier`: records that the person was before, whose touches count.
 */
export async function reserveBudget(
  tx: TenantTx,
  person: Subject,
  changeId: string,
  at: Instant,
  limitPerWeek: number,
  earlier: readonly Subject[] = [],
): Promise<Reservation> {
  const key = { tenantId: tx.tenantId, crm: person.crm, object: person.object, recordId: person.id };
  await lockPerson(tx, key);
  const taken = await touchesOf(tx, [person, ...earlier]);
  const others = taken.filter(touch => touch.changeId !== changeId);
  const held = fullestWeekAround(
    Date.parse(at),
    others.map(touch => Date.parse(touch.at)),
  );
  if (taken.some(touch => touch.changeId === changeId && touch.at === at))
    return { ok: true, used: held + 1 };
  if (held >= limitPerWeek) return { ok: false, used: held };
  // Its earlier place may be another record's, from before a merge.
  if (taken.length > others.length) await releaseBudget(tx, [changeId]);
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

/** Touches that any seven days around a time hold, those of `except` left out, those of `earlier` records counted. */
export async function touchesAround(
  tx: TenantTx,
  person: Subject,
  at: Instant,
  except: readonly string[] = [],
  earlier: readonly Subject[] = [],
): Promise<number> {
  const others = (await touchesOf(tx, [person, ...earlier])).filter(
    touch => !except.includes(touch.changeId),
  );
  return fullestWeekAround(
    Date.parse(at),
    others.map(touch => Date.parse(touch.at)),
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

async function lockPerson(tx: TenantTx, key: typeof contactBudgetLocks.$inferInsert): Promise<void> {
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
