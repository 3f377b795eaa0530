import { randomUUID } from 'node:crypto';
import postgres from 'postgres';
import { migrate } from '../migrate.ts';
import { openPostgres, type Opened } from '../open-db.ts';
import { openEmbeddedCopy } from './embedded-copy.ts';

/**
 * A fresh, migrated database for one test file: a new database on real Postgres in the project `postgres`, an
 * in-memory embedded one in the project `pglite`. Close it in `afterAll`.
 */
export async function openTestDb(): Promise<Opened & { close(): Promise<void> }> {
  const server = process.env['TEST_POSTGRES_URL'];
  if (server === undefined) {
    const opened = await openEmbeddedCopy();
    return { ...opened, close: () => opened.db.close() };
  }
  const name = `t_${randomUUID().replaceAll('-', '')}`;
  const admin = postgres(server, { max: 1, onnotice: () => undefined });
  await admin.unsafe(`create database ${name}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  const opened = await openPostgres(url.href, { connections: 5 });
  await migrate(opened);
  return {
    ...opened,
    close: async () => {
      await opened.db.close();
      await admin.unsafe(`drop database if exists ${name} with (force)`);
      await admin.end();
    },
  };
}
