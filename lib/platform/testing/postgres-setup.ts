import { startPostgres } from './postgres-server.ts';

/** Vitest's global set-up of the project `postgres`: one server, and a database of its own for each test file. */
export async function setup(): Promise<() => Promise<void>> {
  const server = await startPostgres();
  process.env['TEST_POSTGRES_URL'] = server.url;
  return () => server.stop();
}
