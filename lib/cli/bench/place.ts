import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectCrm } from '#lib/connect.ts';
import { serviceScope } from '#lib/core/scope.ts';
import { generateDemo } from '#lib/crm/sandbox/demo/demo.ts';
import { startSandbox } from '#lib/crm/sandbox/sandbox.ts';
import type { Flow } from '#lib/flow.ts';
import { openQueue } from '#lib/jobs/queue.ts';
import { learn } from '#lib/models/models.ts';
import { migrate } from '#lib/platform/migrate.ts';
import { openEmbedded, openPostgres } from '#lib/platform/open-db.ts';
import { sealingKeyFrom } from '#lib/platform/secrets.ts';
import { startPostgres } from '#lib/platform/testing/postgres-server.ts';
import { loadPolicySet } from '#lib/policy/load.ts';
import { takeInAll } from '#lib/take-in.ts';
import { train } from '#lib/train.ts';
import { openBare } from './bare.ts';

export const tenantId = 'bench';
export const service = serviceScope(tenantId);
export const webhookSecret = 'a secret of the bench';
/** As many connections as a process of the product opens. */
export const connections = 10;

export type Place = ReturnType<typeof openPlace>;

/**
 * Where benches run: a real Postgres that flushes to disk, an embedded database in a folder, a sandbox CRM over HTTP in
 * this process, and the product on them. Each is made when first asked for; `close` stops and removes them all.
 */
export function openPlace() {
  const closers: (() => unknown)[] = [];
  const postgres = once(async () => {
    const starting = startPostgres({ durable: true });
    closers.push(async () => (await starting).stop()); // also when it is interrupted while it starts
    const server = await starting;
    const opened = await openPostgres(server.url, { connections });
    closers.push(() => opened.db.close());
    await migrate(opened);
    const boss = await openQueue(opened);
    closers.push(() => boss.stop({ graceful: false }));
    const bare = openBare(server.url, connections);
    closers.push(() => bare.end({ timeout: 5 }));
    return { db: opened.db, bare };
  });
  const embedded = once(async () => {
    const folder = mkdtempSync(join(tmpdir(), 'sidecard-bench-'));
    closers.push(() => rmSync(folder, { recursive: true, force: true }));
    const opened = await openEmbedded(folder);
    closers.push(() => opened.db.close());
    await migrate(opened);
    return opened.db;
  });
  /** Connected to the sandbox CRM, of which nothing has been read. */
  const connected = once(async () => {
    const { db, bare } = await postgres();
    const sandbox = await startSandbox({
      port: 0,
      file: ':memory:',
      seedIfEmpty: () => generateDemo({ seed: 7, now: new Date() }),
    });
    closers.push(() => sandbox.stop());
    const flow: Flow = {
      db,
      now: () => new Date(),
      model: null,
      sealingKey: sealingKeyFrom('5e'.repeat(32)),
      settleMs: 3000,
    };
    await connectCrm(flow, {
      tenantId,
      crm: 'hubspot',
      name: 'Sandbox CRM',
      apiUrl: sandbox.url,
      appUrl: sandbox.url,
      kind: 'demo',
      secrets: { accessToken: 'sandbox', webhookSecret },
      policySet: loadPolicySet(),
    });
    return { flow, bare };
  });
  /** The CRM read, and a model of its own leads in force. */
  const product = once(async () => {
    const { flow, bare } = await connected();
    await takeInAll(flow, service);
    await train(flow, service, task => Promise.resolve(learn(task)));
    await bare.unsafe('analyze');
    return { flow, bare };
  });
  return {
    postgres,
    embedded,
    connected,
    product,
    /** Once, however often it is asked for; what cannot be stopped does not keep the rest running. */
    close: once(async () => {
      const problems: unknown[] = [];
      for (let last = closers.pop(); last; last = closers.pop())
        try {
          await last();
        } catch (error) {
          problems.push(error);
        }
      if (problems.length > 0) throw new AggregateError(problems, 'not everything could be stopped');
    }),
  };
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => (made ??= make());
}
