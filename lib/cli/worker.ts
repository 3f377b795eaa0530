import { AppError } from '#lib/core/errors.ts';
import { startWorker } from '#lib/jobs/worker.ts';
import { env } from '#lib/platform/env.ts';
import { followChanges } from './change-feed.ts';
import { connectConfigured } from './connect-configured.ts';
import { runMain, terminal } from './io.ts';
import { openProcess } from './open-process.ts';
import { schedule } from './schedule.ts';

/** `npm run worker`: jobs, and nothing else. Start as many as the Postgres bears. */
runMain(async () => {
  if (!env().DATABASE_URL)
    throw new AppError(
      'bad_input',
      'npm run worker needs DATABASE_URL: the embedded database has one process, npm start.',
    );
  const own = await openProcess();
  const { tenantId } = await connectConfigured(own.flow);
  await startWorker(own.boss, own.flow);
  await schedule(own.boss, tenantId);
  const following = followChanges(own.flow, tenantId);
  terminal.err('Worker: ready');
  const stop = () =>
    void following
      .stop()
      .then(() => own.close())
      .then(() => process.exit(0));
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
});
