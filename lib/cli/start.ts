import { connectConfigured, hasOwnCrm } from './connect-configured.ts';
import { startWorker } from '#lib/jobs/worker.ts';
import { connectedFrames } from '#lib/edge/connected-frames.ts';
import { env } from '#lib/platform/env.ts';
import { serviceScope } from '#lib/core/scope.ts';
import { seedEvents } from '#lib/seed-events.ts';
import { buildPages } from './build.ts';
import { followChanges } from './change-feed.ts';
import { startChild } from './child.ts';
import { demoEvents } from './demo-events.ts';
import { insistOnFreePort } from './free-port.ts';
import { serveControl } from './control.ts';
import { runMain } from './io.ts';
import { openProcess } from './open-process.ts';
import { steps } from './progress.ts';
import { serveWeb } from './serve-web.ts';
import { bestPerson, isFirstStart, waitForSetUp } from './set-up.ts';
import { schedule } from './schedule.ts';

/** Where the sandbox shows its people. */
const frontPages = { hubspot: '/contacts', salesforce: '/lightning/o/Lead/list' };

/** `npm start`: database, sandbox CRM, pages and worker in one go, with a line for each step. */
runMain(async () => {
  const settings = env();
  const dev = process.argv.includes('--dev');
  const say = steps();
  await insistOnFreePort(settings.PORT, 'PORT');
  if (!hasOwnCrm()) await insistOnFreePort(settings.SANDBOX_PORT, 'SANDBOX_PORT');
  const building = say.during(dev ? 'Pages: built as they are opened' : 'Building the pages', async () =>
    dev ? 'on demand' : buildPages(),
  );
  building.catch(() => undefined); // awaited below; until then its failure is not unhandled

  const own = await say.during(
    'Opening the database',
    () => openProcess(),
    ({ opened }) => (opened.kind === 'embedded' ? `embedded, in ${settings.DATA_DIR}` : 'Postgres'),
  );
  const sandbox = hasOwnCrm()
    ? null
    : await say.during(
        'Starting the sandbox CRM',
        () => startChild(new URL('./sandbox.ts', import.meta.url)),
        () => `http://localhost:${settings.SANDBOX_PORT}`,
      );
  const { tenantId, connected } = await say.during(
    'Connecting the CRM',
    () => connectConfigured(own.flow),
    ({ text }) => text,
  );
  if (sandbox && (await isFirstStart(own.flow, tenantId)))
    await say.during(
      'Sending events of a website and a product',
      () => seedEvents(own.flow, serviceScope(tenantId, 'demo'), demoEvents),
      events => `${events} events, which wait for their people`,
    );
  await startWorker(own.boss, own.flow);
  await schedule(own.boss, tenantId);
  const following = followChanges(own.flow, tenantId);
  const control = own.lock ? await serveControl(own.flow, own.lock) : null;
  await building;
  const web = await say.during(
    'Opening the pages',
    () =>
      serveWeb({
        port: settings.PORT,
        dev,
        frameAncestors: connectedFrames,
        publicUrl: settings.PUBLIC_URL ?? null,
      }),
    () => `http://localhost:${settings.PORT}`,
  );
  if (connected) await waitForSetUp(own.flow, tenantId, say);
  const best = connected ? await bestPerson(own.flow, tenantId) : null;
  say.finish([
    `Sidecard     http://localhost:${settings.PORT}`,
    ...(sandbox
      ? [
          `Sandbox CRM  ${best ?? `http://localhost:${settings.SANDBOX_PORT}${frontPages[settings.SANDBOX_CRM]}`}   the card is on the right`,
        ]
      : []),
    ...(connected ? [] : ['No CRM is connected: the pages say how to connect it.']),
    ...(own.flow.model
      ? []
      : ['No language model is connected (OPENAI_API_KEY): drafts are written by rules.']),
  ]);

  let stopping = false;
  const stop = () => {
    if (stopping) return;
    stopping = true;
    sandbox?.kill('SIGTERM');
    control?.close();
    web.closeAllConnections();
    web.close();
    void following
      .stop()
      .then(() => own.close())
      .then(() => process.exit(0));
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
});
