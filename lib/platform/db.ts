import { sql, type SQL } from 'drizzle-orm';
import type { PgDatabase, PgQueryResultHKT } from 'drizzle-orm/pg-core';

/** What a transaction can do with SQL, the same on Postgres and on the embedded database. */
export type Sql = PgDatabase<PgQueryResultHKT>;

export interface EnqueueOptions {
  /** Not before this time. */
  startAfter?: Date;
  /** At most one waiting job of this queue with this key. */
  key?: string;
  /** Higher first; 0 by default. */
  priority?: number;
}

/** Sends a job inside a transaction: row and job commit together. */
export type Enqueue = (tx: Sql, queue: string, data: object, options: EnqueueOptions) => Promise<void>;

/**
 * A transaction that sees one tenant's rows and no others: the only thing a store accepts.
 * Inside one there is no root query, no HTTP and no model call, and jobs only by `enqueue`.
 */
export interface TenantTx {
  readonly tenantId: string;
  readonly sql: Sql;
  enqueue(queue: string, data: object, options?: EnqueueOptions): Promise<void>;
}

/** The few readings that belong to no tenant, each by name. */
export type SystemReading = 'find tenant of a CRM account' | 'list tenants';

export interface SystemTx {
  readonly reading: SystemReading;
  readonly sql: Sql;
}

export interface Db {
  readonly kind: 'postgres' | 'embedded';
  tenant<T>(tenantId: string, work: (tx: TenantTx) => Promise<T>): Promise<T>;
  /** As `tenant`, for reading: all its statements see the database as it was when the first of them began. */
  reading<T>(tenantId: string, work: (tx: TenantTx) => Promise<T>): Promise<T>;
  /**
   * As `tenant`, with the right to change what is otherwise only added to (the ledger excepted): for erasing a person,
   * and for nothing else.
   */
  erasing<T>(tenantId: string, work: (tx: TenantTx) => Promise<T>): Promise<T>;
  system<T>(reading: SystemReading, work: (tx: SystemTx) => Promise<T>): Promise<T>;
  /** For migrations, the queue and tests alone: the owner's connection, which row-level security does not bind. */
  readonly owner: Sql;
  setEnqueue(enqueue: Enqueue): void;
  ping(): Promise<void>;
  close(): Promise<void>;
}

/** Wraps a driver's transactions into ones that are bound to a role and a tenant. */
export function makeDb(driver: { kind: Db['kind']; owner: Sql; close(): Promise<void> }): Db {
  let enqueue: Enqueue = () => Promise.reject(new Error('the queue is not open: call openQueue first'));
  const as = (tx: Sql, role: string, tenantId: string) =>
    tx.execute(
      // Compiling a query takes longer than any of ours, but where it is on, Postgres does it whenever it guesses too high.
      sql`select set_config('role', ${role}, true), set_config('sidecard.tenant', ${tenantId}, true),
        set_config('jit', 'off', true)`,
    );
  const inTenant = <T>(
    role: string,
    tenantId: string,
    work: (tx: TenantTx) => Promise<T>,
    isolation?: { isolationLevel: 'repeatable read' },
  ): Promise<T> =>
    driver.owner.transaction(async tx => {
      await as(tx, role, tenantId);
      return work({
        tenantId,
        sql: tx,
        enqueue: (queue, data, options = {}) => enqueue(tx, queue, data, options),
      });
    }, isolation);
  return {
    kind: driver.kind,
    owner: driver.owner,
    tenant: (tenantId, work) => inTenant('sidecard_app', tenantId, work),
    reading: (tenantId, work) =>
      inTenant('sidecard_app', tenantId, work, { isolationLevel: 'repeatable read' }),
    erasing: (tenantId, work) => inTenant('sidecard_eraser', tenantId, work),
    system: (reading, work) =>
      driver.owner.transaction(async tx => {
        await as(tx, 'sidecard_system', '');
        return work({ reading, sql: tx });
      }),
    setEnqueue: next => {
      enqueue = next;
    },
    ping: async () => {
      await driver.owner.execute(sql`select 1`);
    },
    close: () => driver.close(),
  };
}

/** Rows of a raw query: the two drivers answer in different shapes. */
export async function rowsOf(sqlOf: Sql, query: SQL): Promise<Record<string, unknown>[]> {
  const result: unknown = await sqlOf.execute(query);
  return (Array.isArray(result) ? result : (result as { rows: unknown[] }).rows) as Record<string, unknown>[];
}

/** Characters of JSON in one statement: a row may be longer (a note of 10 MB), then it goes alone. */
const CHUNK = 2_000_000;

/** How rows go into a statement: names and types of its columns, and the names of those that are whole JSON values. */
export interface RowShape {
  columns: Readonly<Record<string, string>>;
  json?: readonly string[];
}

/**
 * Inserts rows in statements of bounded length, with a few parameters instead of one for every value. A row is an object
 * of the columns, then its JSON values in order. `insert` gets what stands after `from`: rows `r` with the columns, then
 * the JSON values as text. These go in line by line, since a database parses what is within a JSON twice.
 */
export async function insertRows(
  { columns, json = [] }: RowShape,
  rows: readonly (readonly [columns: object, ...json: unknown[]])[],
  insert: (rows: SQL) => Promise<unknown>,
): Promise<void> {
  const names = [...Object.keys(columns), ...json];
  const types = Object.entries(columns).map(([name, type]) => `${name} ${type}`);
  let chunk: string[][] = [];
  let length = 0;
  const flush = async () => {
    if (chunk.length === 0) return;
    const plain = sql`json_to_recordset(${`[${chunk.map(row => row[0]).join(',')}]`}::text::json) as (${sql.raw(types.join(', '))})`;
    const lines = json.map(
      (_, i) => sql`string_to_table(${chunk.map(row => row[i + 1]).join('\n')}::text, E'\n')`,
    );
    await insert(sql`rows from (${sql.join([plain, ...lines], sql`, `)}) as r(${sql.raw(names.join(', '))})`);
    chunk = [];
    length = 0;
  };
  for (const row of rows) {
    const texts = row.map(value => JSON.stringify(value));
    const characters = texts.reduce((sum, text) => sum + text.length, 0);
    if (length + characters > CHUNK) await flush();
    chunk.push(texts);
    length += characters;
  }
  await flush();
}
