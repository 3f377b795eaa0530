import { setTimeout as sleep } from 'node:timers/promises';
import { AppError } from '#lib/core/errors.ts';
import { recordUrl } from '#lib/core/record-url.ts';
import { isPerson } from '#lib/core/subject.ts';
import { decisionsAt } from '#lib/decisions/read.ts';
import { syncStates } from '#lib/ingest/read.ts';
import { crmPagesOf } from '#lib/views/crm-pages.ts';
import { inboxRows } from '#lib/views/inbox.ts';
import { readMonitor } from '#lib/monitor/monitor.ts';
import type { Flow } from '#lib/flow.ts';
import type { Steps } from './progress.ts';

/** Without these there is nothing to use. */
const setUp = new Set(['backfill', 'train', 'run']);

/** How long the first suggestions are waited for, in milliseconds; they go on being made. */
const patience = 15_000;

/** Whether nothing of the CRM has been read yet. */
export const isFirstStart = async (flow: Flow, tenantId: string): Promise<boolean> =>
  (await flow.db.tenant(tenantId, syncStates)).length === 0;

/** Shows how the first reading, training and scoring come along, until the product is ready to be used. */
export async function waitForSetUp(flow: Flow, tenantId: string, say: Steps): Promise<void> {
  const began = flow.now().getTime();
  let shown = '';
  for (;;) {
    const monitor = await flow.db.tenant(tenantId, tx => readMonitor(tx, flow.now()));
    const failure = monitor.failures.find(({ what, at }) => setUp.has(what) && Date.parse(at) >= began);
    if (!monitor.ready && failure)
      throw new AppError('unavailable', `Set-up stopped at "${failure.what}": ${failure.text}`);
    const records = monitor.sync.reduce((sum, object) => sum + object.records, 0);
    const deciding = monitor.queue.some(
      ({ name, waiting, active }) => name === 'decide' && waiting + active > 0,
    );
    const line = monitor.ready
      ? `Leads scored; ${monitor.decisions.get('open') ?? 0} suggestions${deciding ? ' so far, more are being made' : ''}`
      : monitor.reading
        ? `Reading the CRM: ${records} records`
        : 'Learning from closed leads and scoring everybody';
    if (line !== shown) say.say(line);
    shown = line;
    if (monitor.ready && (!deciding || flow.now().getTime() - began > patience)) return;
    await sleep(500);
  }
}

/** Where the CRM shows the person with the best score and a suggestion that waits: there a look is most worth it. */
export const bestPerson = (flow: Flow, tenantId: string): Promise<string | null> =>
  flow.db.tenant(tenantId, async tx => {
    const open = await inboxRows(tx, await decisionsAt(tx, { statuses: ['open'] }));
    const best = open.find(({ subject }) => isPerson(subject));
    return best ? recordUrl(await crmPagesOf(tx), best.subject) : null;
  });
