import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { z } from 'zod';
import { connectCrm } from '#lib/connect.ts';
import { startChild } from '#lib/cli/child.ts';
import { withToken } from '#lib/crm/session.ts';
import { openReader } from '#lib/ingest/ingest.ts';
import type { Flow } from '#lib/flow.ts';
import { openQueue } from '#lib/jobs/queue.ts';
import { migrate } from '#lib/platform/migrate.ts';
import { openPostgres } from '#lib/platform/open-db.ts';
import { sealingKeyFrom } from '#lib/platform/secrets.ts';
import { startPostgres } from '#lib/platform/testing/postgres-server.ts';
import { loadPolicySet } from '#lib/policy/load.ts';
import { Done, type Order } from './backfill-child.ts';
import { figure, type Figure } from './figure.ts';
import { msOf } from './measure.ts';

const people = 100_000;
/** What HubSpot gives a private app: requests in ten seconds. */
const perTenSeconds = 190;
const limitedForMs = 40_000;
const tenantId = 'bench-crm';
const key = '5e'.repeat(32);
const here = (file: string): URL => new URL(file, import.meta.url);

/**
 * 100,000 contacts of a CRM in a process of its own, read by a worker in a process of its own into Postgres: with the
 * vendor's request limit as the bound, and without one as fast as two cores go.
 */
export async function benchBackfill(): Promise<Figure[]> {
  const server = await startPostgres({ durable: true });
  const opened = await openPostgres(server.url, { connections: 2 });
  await migrate(opened);
  const boss = await openQueue(opened);
  const crm = await startChild(here('./crm-child.ts'), [String(people)]);
  try {
    const apiUrl = await addressOf(crm);
    const clock = () => new Date();
    const flow: Flow = {
      db: opened.db,
      now: clock,
      model: null,
      sealingKey: sealingKeyFrom(key),
      settleMs: 0,
    };
    await connectCrm(flow, {
      tenantId,
      crm: 'hubspot',
      name: 'Sandbox CRM',
      apiUrl,
      appUrl: apiUrl,
      kind: 'demo',
      secrets: { accessToken: 'sandbox', webhookSecret: 'unused' },
      policySet: loadPolicySet(),
    });
    const order = { databaseUrl: server.url, key, connectedAs: tenantId, forMs: null };
    const alone = await readAlone(apiUrl);
    const stored = await backfillIn({ ...order, tenantId: 'bench-stored', graph: false });
    const projected = await backfillIn({ ...order, tenantId: 'bench-graph', graph: true });
    const reading = { what: 'reading them alone', value: alone };
    const limited = await limitedShare(apiUrl, {
      ...order,
      tenantId: 'bench-limited',
      graph: true,
      forMs: limitedForMs,
    });
    const note = ({ records, cpuMs, peakMb }: Done) =>
      `${records} contacts, worker ${Math.round((1000 * cpuMs) / records)} µs of CPU each and at most ${Math.round(peakMb)} MB`;
    return [
      figure('contacts into Postgres, stored', rateOf(stored), 'per second', reading, note(stored)),
      figure(
        'contacts into Postgres, and in the graph',
        rateOf(projected),
        'per second',
        reading,
        note(projected),
      ),
      limited,
    ];
  } finally {
    crm.disconnect();
    await boss.stop({ graceful: false });
    await opened.db.close();
    await server.stop();
  }
}

const Stats = z.object({ requests: z.number(), byStatus: z.record(z.string(), z.number()) });

const rateOf = ({ records, ms }: Done): number => (1000 * records) / ms;

async function addressOf(crm: ChildProcess): Promise<string> {
  crm.send('where');
  const [message] = await once(crm, 'message');
  return z.object({ url: z.string() }).parse(message).url;
}

async function backfillIn(order: Order): Promise<Done> {
  const worker = await startChild(here('./backfill-child.ts'));
  worker.send(order);
  const [message] = await once(worker, 'message');
  worker.disconnect();
  return Done.parse(message);
}

/** Records a second that one reader gets when nothing is kept, over the first tenth of them. */
async function readAlone(apiUrl: string): Promise<number> {
  const reader = openReader(
    withToken(
      {
        tenantId,
        crm: 'hubspot',
        name: '',
        accountId: '',
        currency: 'EUR',
        apiUrl,
        appUrl: apiUrl,
        kind: 'demo',
        connectedAt: '',
        state: { status: 'ok', text: '', since: '' },
      } as const,
      'sandbox',
    ),
  );
  let records = 0;
  const ms = await msOf(async () => {
    for (let after: string | null = null, more = true; more && records < people / 10;) {
      const page = await reader.listPage('contacts', { after, limit: 100 });
      records += page.records.length;
      after = page.next;
      more = after !== null;
    }
  });
  return (1000 * records) / ms;
}

/** Requests a second under the vendor's limit, as a share of what it allows; the sandbox refuses what is above it. */
async function limitedShare(apiUrl: string, order: Order): Promise<Figure> {
  const control = (method: string, path: string, body?: object) =>
    fetch(`${apiUrl}/sandbox/${path}`, {
      method,
      headers: { authorization: 'Bearer sandbox', 'content-type': 'application/json' },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
  const asked = async () => Stats.parse(await (await control('GET', 'stats')).json());
  await control('PUT', 'rate-limits', { perTenSeconds });
  const before = await asked();
  const { ms, records } = await backfillIn(order);
  const after = await asked();
  await control('DELETE', 'rate-limits');
  const refused = (after.byStatus['429'] ?? 0) - (before.byStatus['429'] ?? 0);
  const perSecond = (1000 * (after.requests - before.requests - refused)) / ms;
  return figure(
    'requests a second under the vendor’s limit',
    perSecond,
    'per second',
    { what: 'the limit', value: perTenSeconds / 10 },
    `${records} contacts in ${Math.round(ms / 1000)} s, ${refused} requests refused`,
  );
}
