import { sql, type SQL } from 'drizzle-orm';
import { parseSubjectKey, subjectKey, type Subject } from '#lib/core/subject.ts';
import type { Instant } from '#lib/core/time.ts';
import {
  newDataKeys,
  rewrapDataKey,
  unwrapDataKey,
  wrapDataKey,
  type DataKey,
} from '#lib/platform/data-keys.ts';
import { rowsOf, type TenantTx } from '#lib/platform/db.ts';
import { AppError } from '#lib/core/errors.ts';
import type { SealingKey } from '#lib/platform/secrets.ts';
import type { KeyOwner } from './key-owner.ts';

/** Data keys by the name of their owner. */
export type KeysByOwner = Map<string, DataKey>;

const texts = (values: readonly string[]): SQL =>
  sql`(select jsonb_array_elements_text(${JSON.stringify(values)}::text::jsonb))`;

/** The keys that some owners have now. Throws AppError('unavailable') where one cannot be unwrapped. */
export async function liveKeys(
  tx: TenantTx,
  ring: SealingKey,
  owners: readonly KeyOwner[],
): Promise<KeysByOwner> {
  const names = [...new Set(owners.map(({ name }) => name))];
  if (names.length === 0) return new Map();
  const rows = await rowsOf(
    tx.sql,
    sql`select owner, id, wrapped from data_keys
      where tenant_id = ${tx.tenantId} and destroyed_at is null and owner in ${texts(names)}`,
  );
  return new Map(
    rows.map(row => {
      const id = String(row['id']);
      return [String(row['owner']), unwrapDataKey(ring, tx.tenantId, id, String(row['wrapped']))];
    }),
  );
}

/** Makes keys for owners that have none. Where somebody else makes one at the same time, that is everybody's. */
export async function makeKeys(
  tx: TenantTx,
  ring: SealingKey,
  owners: readonly KeyOwner[],
  madeAt: Instant,
): Promise<KeysByOwner> {
  // In one order for everybody: two that make the same keys must not wait for each other.
  const wanted = [...new Map(owners.map(owner => [owner.name, owner])).values()].sort((a, b) =>
    a.name < b.name ? -1 : 1,
  );
  if (wanted.length === 0) return new Map();
  const made = new Map(newDataKeys(wanted.length).map((key, i) => [key.id, { key, owner: wanted[i]! }]));
  const rows = [...made.values()].map(({ key, owner }) => ({
    id: key.id,
    owner: owner.name,
    people: owner.people,
    wrapped: wrapDataKey(ring, tx.tenantId, key),
  }));
  const inserted = await rowsOf(
    tx.sql,
    sql`insert into data_keys (tenant_id, id, owner, people, wrapped, made_at)
      select ${tx.tenantId}, r.id, r.owner, r.people, r.wrapped, ${madeAt}::timestamptz
      from json_to_recordset(${JSON.stringify(rows)}::text::json) as r(id text, owner text, people text[], wrapped text)
      on conflict (tenant_id, owner) where destroyed_at is null do nothing returning id`,
  );
  const own: KeysByOwner = new Map(
    inserted.flatMap(({ id }) => {
      const one = made.get(String(id));
      return one ? [[one.owner.name, one.key] as const] : [];
    }),
  );
  const others = wanted.filter(({ name }) => !own.has(name));
  return others.length === 0 ? own : new Map([...own, ...(await liveKeys(tx, ring, others))]);
}

/** Keys by id; null for one that was destroyed. */
export async function keysById(
  tx: TenantTx,
  ring: SealingKey,
  ids: readonly string[],
): Promise<Map<string, DataKey | null>> {
  if (ids.length === 0) return new Map();
  const rows = await rowsOf(
    tx.sql,
    sql`select id, wrapped from data_keys
      where tenant_id = ${tx.tenantId} and id in ${texts([...new Set(ids)])}`,
  );
  return new Map(
    rows.map(({ id, wrapped }) => [
      String(id),
      typeof wrapped === 'string' ? unwrapDataKey(ring, tx.tenantId, String(id), wrapped) : null,
    ]),
  );
}

/** Destroys the keys of some people, those that they share with others included, for good. Says how many. */
export async function destroyKeys(
  tx: TenantTx,
  people: readonly Subject[],
  destroyedAt: Instant,
): Promise<number> {
  const keys = texts(people.map(subjectKey));
  const rows = await rowsOf(
    tx.sql,
    sql`update data_keys set wrapped = null, people = null, destroyed_at = ${destroyedAt}::timestamptz
      where tenant_id = ${tx.tenantId} and destroyed_at is null
        and (owner in ${keys} or (people is not null and people && array${keys}))
      returning id`,
  );
  return rows.length;
}

/** Others whose data is sealed with a key that these people share: their activities with them. */
export async function peopleSharing(tx: TenantTx, people: readonly Subject[]): Promise<Subject[]> {
  const keys = texts(people.map(subjectKey));
  const rows = await rowsOf(
    tx.sql,
    sql`select distinct unnest(people) as person from data_keys
      where tenant_id = ${tx.tenantId} and destroyed_at is null and people is not null and people && array${keys}`,
  );
  const own = new Set<string>(people.map(subjectKey));
  return rows
    .map(({ person }) => String(person))
    .flatMap(key => (own.has(key) ? [] : [parseSubjectKey(key)]));
}

export interface Rewrapped {
  stored: number;
  resealed: number;
  /** Those whose sealing key is not here. */
  unreadable: number;
}

/** Wraps up to `limit` data keys after an id anew, with the newest sealing key. `last` is where to go on; null at the end. */
export async function rewrapSome(
  tx: TenantTx,
  ring: SealingKey,
  { after, limit }: { after: string; limit: number },
): Promise<Rewrapped & { last: string | null }> {
  const rows = await rowsOf(
    tx.sql,
    sql`select id, wrapped from data_keys
      where tenant_id = ${tx.tenantId} and id > ${after} and wrapped is not null order by id limit ${limit} for update`,
  );
  const counts = { stored: rows.length, resealed: 0, unreadable: 0 };
  const changed: { id: string; wrapped: string }[] = [];
  for (const row of rows) {
    const id = String(row['id']);
    try {
      const wrapped = rewrapDataKey(ring, tx.tenantId, id, String(row['wrapped']));
      if (wrapped !== null) changed.push({ id, wrapped });
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      counts.unreadable += 1;
    }
  }
  counts.resealed = changed.length;
  if (changed.length > 0)
    await tx.sql.execute(
      sql`update data_keys k set wrapped = r.wrapped
        from json_to_recordset(${JSON.stringify(changed)}::text::json) as r(id text, wrapped text)
        where k.tenant_id = ${tx.tenantId} and k.id = r.id`,
    );
  return { ...counts, last: rows.length < limit ? null : String(rows.at(-1)?.['id']) };
}
