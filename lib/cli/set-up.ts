import { setTimeout as sleep } from 'node:timers/promises';
import { AppError } from '#lib/core/errors.ts';
import { readMonitor } from '#lib/monitor/monitor.ts';
import type { Flow } from '#lib/flow.ts';
import type { Steps } from './progress.ts';

/** Shows how the first reading, training and scoring come along, until the product is ready to be used. */
export async function waitForSetUp(flow: Flow, tenantId: string, say: Steps): Promise<void> {
  let shown = '';
  for (;;) {
    const monitor = await flow.db.tenant(tenantId, tx => readMonitor(tx, flow.now()));
    const [failure] = monitor.failures;
    if (!monitor.ready && failure)
      throw new AppError('unavailable', `Set-up stopped at "${failure.what}": ${failure.text}`);
    const records = monitor.sync.reduce((sum, object) => sum + object.records, 0);
    const line = monitor.ready
      ? `Leads scored; ${monitor.decisions.get('open') ?? 0} suggestions so far, more are being made`
      : monitor.reading
        ? `Reading the CRM: ${records} records`
        : 'Learning from closed leads and scoring everybody';
    if (line !== shown) say.say(line);
    shown = line;
    if (monitor.ready) return;
    await sleep(500);
  }
}
