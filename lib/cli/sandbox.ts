import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { AppError } from '#lib/core/errors.ts';
import { generateDemo } from '#lib/crm/sandbox/demo/demo.ts';
import { startSandbox } from '#lib/crm/sandbox/sandbox.ts';
import { env } from '#lib/platform/env.ts';
import { sandboxSecret } from './sandbox-secret.ts';
import { runMain, terminal } from './io.ts';

/**
 * The sandbox CRM as a process of its own: own store, own port; the product reaches it over HTTP alone.
 * `--rate-limits` holds callers to HubSpot's limits (190 requests in ten seconds, 5 searches a second).
 */
runMain(async () => {
  const { SANDBOX_PORT, SANDBOX_CRM, DATA_DIR, PUBLIC_URL, PORT } = env();
  const { values } = parseArgs({ options: { 'rate-limits': { type: 'boolean' } } });
  const product = PUBLIC_URL ?? `http://127.0.0.1:${PORT}`;
  const sandbox = await started({
    port: SANDBOX_PORT,
    file: join(DATA_DIR, 'sandbox.sqlite'),
    seedIfEmpty: () => generateDemo({ seed: 7, now: new Date() }),
    cardUrl: PUBLIC_URL ?? `http://localhost:${PORT}`,
    webhook: { url: `${product}/api/webhooks/hubspot`, secret: sandboxSecret(DATA_DIR) },
    salesforce: { seed: SANDBOX_CRM === 'salesforce' },
    ...(values['rate-limits'] ? { rateLimits: {} } : {}),
  });
  terminal.err(`Sandbox CRM: ${sandbox.url}`);
  process.send?.('ready');
  const stop = () => void sandbox.stop().then(() => process.exit(0));
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  process.once('disconnect', stop); // whoever started us is gone
});

/** The sandbox shares nothing with us, our errors neither: what it says is one sentence already. */
async function started(options: Parameters<typeof startSandbox>[0]): ReturnType<typeof startSandbox> {
  try {
    return await startSandbox(options);
  } catch (error) {
    const trouble = error instanceof Error ? error.message : String(error);
    throw new AppError('unavailable', `The sandbox CRM did not start. ${trouble}`, {}, error);
  }
}
