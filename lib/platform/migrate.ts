import { sql } from 'drizzle-orm';
import { migrate as migratePglite } from 'drizzle-orm/pglite/migrator';
import type { PgliteDatabase } from 'drizzle-orm/pglite';
import { migrate as migratePostgres } from 'drizzle-orm/postgres-js/migrator';
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { AppError } from '#lib/core/errors.ts';
import { rowsOf } from './db.ts';
import type { Opened } from './open-db.ts';

const migrationsFolder = resolve(process.cwd(), 'drizzle/migrations');
const Journal = z.object({ entries: z.array(z.object({ when: z.number() })) });

/** Tables whose rows are only ever added: the application may not change or remove them. */
const appendOnly = [
  'audit_log',
  'ledger_leaves',
  'ledger_heads',
  'record_versions',
  'fact_sets',
  'touches',
  'interactions',
  'artifacts',
  'releases',
  'answers',
  'moments',
];

/** What sealing a version that was stored before there were data keys changes, once: a policy keeps it to that. */
const sealable = 'hash, archived, key_id, sealed, record, raw';

/** Those of them that no erasure may change either. */
const lasting = ['audit_log', 'ledger_leaves', 'ledger_heads', 'artifacts', 'releases'];

/**
 * Brings the database to this version's schema, then lays roles and row-level security over every table that has a
 * tenant: from the catalogue, so that no table can be forgotten. Safe to run from many processes at once.
 * Throws AppError('conflict') when the database has a newer schema.
 */
export async function migrate(opened: Opened): Promise<void> {
  await refuseNewer(opened);
  if (opened.kind === 'embedded')
    await migratePglite(opened.db.owner as unknown as PgliteDatabase, { migrationsFolder });
  else {
    // One migrator at a time; the session lock goes with the connection.
    await opened.db.owner.transaction(async tx => {
      await tx.execute(sql`select pg_advisory_xact_lock(72019)`);
      await migratePostgres(opened.db.owner as unknown as PostgresJsDatabase, { migrationsFolder });
    });
  }
  await secure(opened);
}

async function refuseNewer({ db }: Opened): Promise<void> {
  const [exists] = await rowsOf(
    db.owner,
    sql`select to_regclass('drizzle.__drizzle_migrations') is not null as yes`,
  );
  if (exists?.['yes'] !== true) return;
  const [newest] = await rowsOf(
    db.owner,
    sql`select max(created_at)::text as at from drizzle.__drizzle_migrations`,
  );
  const journal = Journal.parse(
    JSON.parse(readFileSync(join(migrationsFolder, 'meta/_journal.json'), 'utf8')),
  );
  const known = Math.max(...journal.entries.map(entry => entry.when));
  if (Number(newest?.['at'] ?? 0) > known)
    throw new AppError(
      'conflict',
      'The database has a newer schema than this version of Sidecard. Start the newer version, or restore a backup from before the upgrade.',
    );
}

async function secure({ db }: Opened): Promise<void> {
  await db.owner.transaction(async tx => {
    await tx.execute(sql`select pg_advisory_xact_lock(72020)`);
    await tx.execute(sql.raw(roles));
    await tx.execute(sql.raw(policies));
    for (const table of appendOnly)
      await tx.execute(sql.raw(`revoke update, delete, truncate on public.${table} from sidecard_app`));
    for (const table of appendOnly.filter(name => !lasting.includes(name)))
      await tx.execute(sql.raw(`grant update, delete on public.${table} to sidecard_eraser`));
    await tx.execute(sql.raw(`grant update (${sealable}) on public.record_versions to sidecard_app`));
    await tx.execute(sql.raw('grant select on public.crm_connections to sidecard_system'));
  });
}

/** Roles belong to the whole cluster, so another database may have made them; creating them twice is not an error. */
const roles = `
do $$
declare name text;
begin
  foreach name in array array['sidecard_app', 'sidecard_system', 'sidecard_eraser'] loop
    begin
      execute format('create role %I nologin nobypassrls', name);
    exception when duplicate_object or unique_violation then null;
    end;
    -- From 16 on, who creates a role is a member of it without being allowed to become it.
    if not pg_has_role(current_user, name,
      case when current_setting('server_version_num')::int >= 160000 then 'SET' else 'MEMBER' end) then
      execute format('grant %I to current_user', name);
    end if;
    execute format('grant usage on schema public to %I', name);
  end loop;
  grant select, insert, update, delete on all tables in schema public to sidecard_app;
  -- What binds the application binds an erasure: it sees its tenant's rows and no others.
  begin
    if not pg_has_role('sidecard_eraser', 'sidecard_app', 'USAGE') then
      grant sidecard_app to sidecard_eraser;
    end if;
  exception when unique_violation then null;
  end;
end $$`;

const policies = `
do $$
declare t record;
begin
  for t in
    select c.relname as name from pg_class c
    join pg_namespace n on n.oid = c.relnamespace and n.nspname = 'public'
    join pg_attribute a on a.attrelid = c.oid and a.attname = 'tenant_id' and not a.attisdropped
    where c.relkind in ('r', 'p')
  loop
    execute format('alter table public.%I enable row level security', t.name);
    execute format('alter table public.%I force row level security', t.name);
    execute format('drop policy if exists own_tenant on public.%I', t.name);
    execute format(
      'create policy own_tenant on public.%I to sidecard_app using (tenant_id = current_setting(''sidecard.tenant'', true)) with check (tenant_id = current_setting(''sidecard.tenant'', true))',
      t.name);
  end loop;
  drop policy if exists seal_once on public.record_versions;
  create policy seal_once on public.record_versions as restrictive for update to sidecard_app
    using (key_id is null or current_user = 'sidecard_eraser')
    with check ((key_id is not null and record is null and raw is null) or current_user = 'sidecard_eraser');
  drop policy if exists find_tenant on public.crm_connections;
  create policy find_tenant on public.crm_connections for select to sidecard_system using (true);
end $$`;
