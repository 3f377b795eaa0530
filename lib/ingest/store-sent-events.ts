import { and, asc, count, eq, inArray, isNotNull, lt, min, sql } from 'drizzle-orm';
import { eventBudgets, sentEvents as table } from '#drizzle/schema/ingest.ts';
import { SentEvent, type Addressee } from '#lib/core/sent-event.ts';
import { subjectKey } from '#lib/core/subject.ts';
import type { Instant } from '#lib/core/time.ts';
import { insertRows, rowsOf, type TenantTx } from '#lib/platform/db.ts';
import { hashOf } from '#lib/platform/hash.ts';

/** What an event waits for while its subject is not known. */
export const addressKey = (to: Addressee): string => ('email' in to ? `email:${to.email}` : subjectKey(to));

/** Of all that an event tells: the same whenever it is sent again. */
export const eventHash = (event: SentEvent): string => hashOf(event);

/** Which of these ids were taken before, and with which content. */
export async function hashesOf(tx: TenantTx, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await tx.sql
    .select({ id: table.id, hash: table.hash })
    .from(table)
    .where(and(eq(table.tenantId, tx.tenantId), inArray(table.id, [...ids])));
  return new Map(rows.map(({ id, hash }) => [id, hash]));
}

/**
 * Notes events by their ids, and answers with the ids that were new: of two transactions at once, one has them. In the
 * order of ids, so that two batches cannot block each other. Those that `wait` are kept whole.
 */
export async function noteEvents(
  tx: TenantTx,
  events: readonly { event: SentEvent; hash: string }[],
  { wait, now }: { wait: boolean; now: Instant },
): Promise<Set<string>> {
  const fresh = new Set<string>();
  const inOrder = events.toSorted((a, b) => (a.event.id < b.event.id ? -1 : 1));
  await insertRows(
    { columns: { id: 'text', hash: 'text', waits_for: 'text' }, json: ['event'] },
    inOrder.map(({ event, hash }) => [
      { id: event.id, hash, waits_for: wait ? addressKey(event.subject) : null },
      wait ? event : null,
    ]),
    async rows => {
      const inserted = await rowsOf(
        tx.sql,
        sql`insert into sent_events (tenant_id, id, hash, received_at, waits_for, event)
          select ${tx.tenantId}, r.id, r.hash, ${now}::timestamptz, r.waits_for,
            case when r.waits_for is null then null else r.event::json end
          from ${rows}
          on conflict do nothing returning id`,
      );
      for (const row of inserted) fresh.add(String(row['id']));
    },
  );
  return fresh;
}

/**
 * Between an event that finds its subject unknown and a record that finds nothing waiting for it, one has to see the
 * other: `park` alone, or any number of `release` at once, until the transaction ends.
 */
export const holdParking = (tx: TenantTx, side: 'park' | 'release'): Promise<unknown> =>
  tx.sql.execute(
    sql`select ${sql.raw(side === 'park' ? 'pg_advisory_xact_lock' : 'pg_advisory_xact_lock_shared')}(
      hashtextextended(${`parked events of ${tx.tenantId}`}, 0))`,
  );

const atOnce = 1000;

/** Events that wait for one of these, in the order of their ids; `after` is the last id of the page before. */
export async function waitingFor(
  tx: TenantTx,
  keys: readonly string[],
  after: string | null,
): Promise<SentEvent[]> {
  if (keys.length === 0) return [];
  const rows = await tx.sql
    .select({ event: table.event })
    .from(table)
    .where(
      and(
        eq(table.tenantId, tx.tenantId),
        isNotNull(table.waitsFor),
        inArray(table.waitsFor, [...new Set(keys)]),
        after === null ? undefined : sql`${table.id} > ${after}`,
      ),
    )
    .orderBy(asc(table.id))
    .limit(atOnce);
  return rows.map(({ event }) => SentEvent.parse(event));
}

/** Ends the wait of events that came before a time: about whom nothing became known, nothing is kept. Says of how many. */
export async function endOldParking(tx: TenantTx, before: Instant): Promise<number> {
  const ended = await tx.sql
    .update(table)
    .set({ waitsFor: null, event: null })
    .where(and(eq(table.tenantId, tx.tenantId), isNotNull(table.waitsFor), lt(table.receivedAt, before)))
    .returning({ id: table.id });
  return ended.length;
}

/** They wait no longer; what they told is kept elsewhere by now, or nowhere. */
export async function endParking(tx: TenantTx, ids: readonly string[]): Promise<void> {
  for (let from = 0; from < ids.length; from += atOnce)
    await tx.sql
      .update(table)
      .set({ waitsFor: null, event: null })
      .where(and(eq(table.tenantId, tx.tenantId), inArray(table.id, ids.slice(from, from + atOnce))));
}

/** What events wait for, the longest waiting first, and how many wait in all. */
export async function parkedEvents(tx: TenantTx, limit: number) {
  const waiting = and(eq(table.tenantId, tx.tenantId), isNotNull(table.waitsFor));
  const [all] = await tx.sql
    .select({ events: count(), since: min(table.receivedAt) })
    .from(table)
    .where(waiting);
  const groups = await tx.sql
    .select({ waitsFor: sql<string>`${table.waitsFor}`, events: count(), since: min(table.receivedAt) })
    .from(table)
    .where(waiting)
    .groupBy(table.waitsFor)
    .orderBy(asc(min(table.receivedAt)), asc(table.waitsFor))
    .limit(limit);
  return {
    events: all?.events ?? 0,
    since: all?.since ?? null,
    groups: groups.flatMap(({ since, ...group }) => (since === null ? [] : [{ ...group, since }])),
  };
}

/**
 * Takes `events` from the tenant's budget, which is refilled steadily up to what a minute allows. Answers with 0, or with the
 * milliseconds until there is enough.
 */
export async function takeBudget(
  tx: TenantTx,
  events: number,
  { perMinute, now }: { perMinute: number; now: Instant },
): Promise<number> {
  const [perMs, most] = [perMinute / 60_000, Math.max(perMinute, atOnce)];
  const passed = sql`greatest(0, extract(epoch from ${now}::timestamptz - b.at)::float8 * 1000)`;
  const there = sql`least(${most}::float8, b.left_over + ${perMs}::float8 * ${passed})`;
  const [taken] = await rowsOf(
    tx.sql,
    sql`insert into event_budgets as b (tenant_id, left_over, at)
      values (${tx.tenantId}, ${most - events}::float8, ${now}::timestamptz)
      on conflict (tenant_id) do update set left_over = ${there} - ${events}::float8, at = greatest(b.at, ${now}::timestamptz)
      where ${there} >= ${events}::float8
      returning left_over`,
  );
  if (taken) return 0;
  const [row] = await tx.sql
    .select({
      there: sql<number>`least(${most}::float8, ${eventBudgets.left} + ${perMs}::float8 *
      greatest(0, extract(epoch from ${now}::timestamptz - ${eventBudgets.at})::float8 * 1000))`,
    })
    .from(eventBudgets)
    .where(eq(eventBudgets.tenantId, tx.tenantId));
  return Math.max(1, Math.ceil((events - (row?.there ?? 0)) / perMs));
}
