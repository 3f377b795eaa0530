import { and, eq } from 'drizzle-orm';
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
 * keeps it, and asks again only for another time.
 */
export async function reserveBudget(
  tx: TenantTx,
  person: Subject,
  changeId: string,
  at: Instant,
  limitPerWeek: number,
): Promise<Reservation> {
  const key = { tenantId: tx.tenantId, crm: person.crm, object: person.object, recordId: person.id };
  await lockPerson(tx, key);
  const taken = await tx.sql
    .select({ changeId: contactBudget.changeId, at: contactBudget.at })
    .from(contactBudget)
    .where(
      and(
        eq(contactBudget.tenantId, key.tenantId),
        eq(contactBudget.crm, key.crm),
        eq(contactBudget.object, key.object),
        eq(contactBudget.recordId, key.recordId),
      ),
    );
  const others = taken.filter(touch => touch.changeId !== changeId);
  const held = fullestWeekAround(
    Date.parse(at),
    others.map(touch => Date.parse(touch.at)),
  );
  if (taken.some(touch => touch.changeId === changeId && touch.at === at))
    return { ok: true, used: held + 1 };
  if (held >= limitPerWeek) return { ok: false, used: held };
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
