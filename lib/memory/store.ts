import { and, asc, desc, eq, gt, isNull, lte, ne, or, sql, type SQL } from 'drizzle-orm';
import { memories } from '#drizzle/schema/memory.ts';
import { Memory, type Holder } from '#lib/core/memory.ts';
import type { Subject } from '#lib/core/subject.ts';
import type { Instant } from '#lib/core/time.ts';
import type { TenantTx } from '#lib/platform/db.ts';

type Row = typeof memories.$inferSelect;

/** Whose memories are meant: about these records, and private to these holders. */
export type Recalled = { subjects: readonly Subject[]; holders: readonly Holder[] };

const holderIdOf = (holder: Holder): string => (holder.kind === 'user' ? holder.id : holder.role);

export async function insertVersion(tx: TenantTx, memory: Memory): Promise<void> {
  const { subject, holder, ...rest } = memory;
  await tx.sql.insert(memories).values({
    tenantId: tx.tenantId,
    ...rest,
    crm: subject?.crm ?? null,
    object: subject?.object ?? null,
    recordId: subject?.id ?? null,
    holderKind: holder?.kind ?? null,
    holderId: holder ? holderIdOf(holder) : null,
    holderOwnerId: holder?.kind === 'user' ? holder.ownerId : null,
  });
}

/** Ends a version that is the newest; false where it is not, any more. */
export async function endVersion(
  tx: TenantTx,
  { id, version }: Pick<Memory, 'id' | 'version'>,
  at: Instant,
): Promise<boolean> {
  const ended = await tx.sql
    .update(memories)
    .set({ endedAt: at })
    .where(and(eq(memories.id, id), eq(memories.version, version), isNull(memories.endedAt)))
    .returning({ id: memories.id });
  return ended.length > 0;
}

export async function newestVersion(tx: TenantTx, id: string): Promise<Memory | null> {
  const [row] = await tx.sql
    .select()
    .from(memories)
    .where(eq(memories.id, id))
    .orderBy(desc(memories.version))
    .limit(1);
  return row ? memoryOf(row) : null;
}

/** Confirmed versions that were known at a time and had not expired, the longest known first. */
export async function inForce(tx: TenantTx, about: Recalled, asOf: Instant): Promise<Memory[]> {
  const rows = await tx.sql
    .select()
    .from(memories)
    .where(
      and(
        eq(memories.state, 'confirmed'),
        lte(memories.at, asOf),
        or(isNull(memories.endedAt), gt(memories.endedAt, asOf)),
        or(isNull(memories.expiresAt), gt(memories.expiresAt, asOf)),
        concerns(about),
      ),
    )
    .orderBy(asc(memories.at), asc(memories.id));
  return rows.map(memoryOf);
}

/** Everything that stands now, suggested ones too, the newest first. */
export async function standing(tx: TenantTx, now: Instant, limit: number, which?: SQL): Promise<Memory[]> {
  const rows = await tx.sql
    .select()
    .from(memories)
    .where(
      and(
        isNull(memories.endedAt),
        ne(memories.state, 'forgotten'),
        or(isNull(memories.expiresAt), gt(memories.expiresAt, now)),
        which,
      ),
    )
    .orderBy(desc(memories.at), desc(memories.id))
    .limit(limit);
  return rows.map(memoryOf);
}

/** Every version of what was ever taught about these records. */
export async function versionsAbout(tx: TenantTx, subjects: readonly Subject[]): Promise<Memory[]> {
  const rows = await tx.sql
    .select()
    .from(memories)
    .where(isAbout(subjects))
    .orderBy(asc(memories.id), asc(memories.version));
  return rows.map(memoryOf);
}

export async function removeAbout(tx: TenantTx, subjects: readonly Subject[]): Promise<number> {
  const gone = await tx.sql.delete(memories).where(isAbout(subjects)).returning({ id: memories.id });
  return gone.length;
}

export const isAbout = (subjects: readonly Subject[]): SQL =>
  anyOf(
    subjects.map(({ crm, object, id }) =>
      and(eq(memories.crm, crm), eq(memories.object, object), eq(memories.recordId, id)),
    ),
  );

/** About the records, or about none: of the account, of the team, or private to one of the holders. */
export function concerns({ subjects, holders }: Recalled): SQL | undefined {
  const about = isAbout(subjects);
  const theirs = anyOf(
    holders.map(holder =>
      and(eq(memories.holderKind, holder.kind), eq(memories.holderId, holderIdOf(holder))),
    ),
  );
  const owned = anyOf(
    holders.flatMap(holder =>
      holder.kind === 'user' && holder.ownerId !== null ? [eq(memories.holderOwnerId, holder.ownerId)] : [],
    ),
  );
  return or(
    and(eq(memories.scope, 'account'), about),
    eq(memories.scope, 'team'),
    and(eq(memories.scope, 'private'), or(theirs, owned), or(isNull(memories.recordId), about)),
  );
}

const anyOf = (conditions: (SQL | undefined)[]): SQL => or(...conditions) ?? sql`false`;

function memoryOf(row: Row): Memory {
  const { crm, object, recordId, holderKind, holderId, holderOwnerId, ...rest } = row;
  return Memory.parse({
    ...rest,
    subject: recordId === null ? null : { crm, object, id: recordId },
    holder:
      holderKind === 'user'
        ? { kind: 'user', id: holderId, ownerId: holderOwnerId }
        : holderKind === 'role'
          ? { kind: 'role', role: holderId }
          : null,
  });
}
