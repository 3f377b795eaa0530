import { AppError } from '#lib/core/errors.ts';
import { connectedFrames } from '#lib/edge/connected-frames.ts';
import { env } from '#lib/platform/env.ts';
import { buildPages } from './build.ts';
import { runMain, terminal } from './io.ts';
import { openProcess } from './open-process.ts';
import { serveWeb } from './serve-web.ts';

/** `npm run web`: the pages and the HTTP interface, and nothing else. */
runMain(async () => {
  const settings = env();
  if (!settings.DATABASE_URL)
    throw new AppError(
      'bad_input',
      'npm run web needs DATABASE_URL: the embedded database has one process, npm start.',
    );
  await buildPages();
  const own = await openProcess();
  const web = await serveWeb({
    port: settings.PORT,
    dev: false,
    frameAncestors: connectedFrames,
    publicUrl: settings.PUBLIC_URL ?? null,
  });
  terminal.err(`Web: http://localhost:${settings.PORT}`);
  const stop = () => {
    web.closeAllConnections();
    web.close();
    void own.close().then(() => process.exit(0));
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
});
