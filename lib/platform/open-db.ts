import { PGlite } from '@electric-sql/pglite';
import { drizzle as drizzlePglite } from 'drizzle-orm/pglite';
import { drizzle as drizzlePostgres } from 'drizzle-orm/postgres-js';
import { join } from 'node:path';
import postgres from 'postgres';
import { AppError } from '#lib/core/errors.ts';
import { makeDb, type Db } from './db.ts';
import { planOften } from './plan-often.ts';

export interface OpenPostgres {
  db: Db;
  kind: 'postgres';
  url: string;
}
export interface OpenEmbedded {
  db: Db;
  kind: 'embedded';
  pglite: PGlite;
}
export type Opened = OpenPostgres | OpenEmbedded;

/** Connects to Postgres. Throws AppError('unavailable') that names host and database when it cannot be reached. */
export async function openPostgres(
  url: string,
  options: { connections?: number } = {},
): Promise<OpenPostgres> {
  const client = postgres(url, {
    max: options.connections ?? 10,
    onnotice: () => undefined,
    connect_timeout: 10,
    connection: { application_name: 'sidecard' },
  });
  try {
    await client`select 1`;
  } catch (error) {
    await client.end({ timeout: 1 });
    const { host, pathname } = new URL(url);
    throw new AppError(
      'unavailable',
      `The database ${pathname.slice(1)} at ${host} cannot be reached (${reasonOf(error)}). Check DATABASE_URL and that Postgres is running.`,
      {},
      error,
    );
  }
  const db = makeDb({
    kind: 'postgres',
    owner: drizzlePostgres({ client: keepingPlans(client) }),
    close: () => client.end({ timeout: 5 }),
  });
  return { db, kind: 'postgres', url };
}

/** Of statements within transactions, which all of the product's are. `?prepare=false` in the address turns it off. */
function keepingPlans(client: postgres.Sql): postgres.Sql {
  const keep = planOften();
  const begin = client.begin.bind(client);
  client.begin = ((work: (tx: postgres.TransactionSql) => Promise<unknown>) =>
    begin(tx => work(keep(tx as never)))) as typeof client.begin;
  return client;
}

/** Opens the embedded Postgres in a folder, or in memory without one. The caller holds the folder's lock. */
export async function openEmbedded(folder: string | null): Promise<OpenEmbedded> {
  const pglite =
    folder === null ? new PGlite() : new PGlite(join(folder, 'pg'), { relaxedDurability: false });
  try {
    await pglite.waitReady;
  } catch (error) {
    throw new AppError(
      'unavailable',
      `The embedded database in ${folder ?? 'memory'} cannot be opened (${reasonOf(error)}). Move the folder away to start afresh, or restore a copy of it.`,
      {},
      error,
    );
  }
  return embeddedOver(pglite);
}

/** An embedded Postgres that runs already. */
export function embeddedOver(pglite: PGlite): OpenEmbedded {
  const db = makeDb({
    kind: 'embedded',
    owner: drizzlePglite({ client: pglite }),
    close: () => pglite.close(),
  });
  return { db, kind: 'embedded', pglite };
}

function reasonOf(error: unknown): string {
  if (error instanceof AggregateError && error.errors.length > 0) return reasonOf(error.errors[0]);
  return error instanceof Error ? error.message || error.name : String(error);
}
