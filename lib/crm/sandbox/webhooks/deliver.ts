import type { Store } from '#lib/crm/sandbox/store/open-store.ts';
import { orderEvents } from '#lib/crm/sandbox/faults/webhook-faults.ts';
import { signatureHeaders } from './sign.ts';
import { readTarget, type WebhookTarget } from './target.ts';

const BATCH = 100;
const ANSWER_WITHIN_MS = 5_000;
const GIVE_UP_AFTER_MS = 24 * 3_600_000;
const LONGEST_WAIT_MS = 5 * 60_000;

type DeliveryCounts = { deliveredEvents: number; failedCalls: number; droppedEvents: number };
export type Delivery = { counts: DeliveryCounts; stop: () => Promise<void> };

async function send(
  { url, secret }: WebhookTarget,
  body: string,
  timestamp: number,
  stopping: AbortSignal,
): Promise<boolean> {
  const headers = signatureHeaders(secret, { method: 'POST', url, body, timestamp });
  try {
    const answer = await fetch(url, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', ...headers },
      body,
      redirect: 'error',
      signal: AbortSignal.any([stopping, AbortSignal.timeout(ANSWER_WITHIN_MS)]),
    });
    await answer.body?.cancel();
    return answer.ok;
  } catch {
    return false; // Unreachable counts like any answer but 2xx: try again later.
  }
}

/**
 * Delivers the outbox in batches of up to 100, one call at a time, until stopped. An event leaves the outbox
 * when its call is answered 2xx; otherwise it is sent again after `retryBaseMs` times two per attempt, at most
 * five minutes, for a day. Survives restarts, since the outbox is durable; a call cut off by `stop` is made again.
 */
export function startDelivery(store: Store, retryBaseMs = 1_000): Delivery {
  const counts: DeliveryCounts = { deliveredEvents: 0, failedCalls: 0, droppedEvents: 0 };
  const stopping = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> | undefined;

  async function deliverBatch(target: WebhookTarget): Promise<boolean> {
    const now = store.now();
    const rows = store.all('SELECT * FROM outbox WHERE due_at <= ? ORDER BY seq LIMIT ?', now, BATCH);
    if (rows.length === 0) return false;
    const events = rows.map(row => ({
      eventId: Number(row['seq']),
      ...(JSON.parse(String(row['event'])) as object),
      attemptNumber: Number(row['attempt']),
    }));
    const ok = await send(target, JSON.stringify(orderEvents(store, events)), now, stopping.signal);
    if (stopping.signal.aborted) return false;
    if (ok) counts.deliveredEvents += rows.length;
    else counts.failedCalls += 1;
    store.transact(() => {
      for (const { seq, attempt, first_at: firstAt } of rows) {
        const tooOld = now - Number(firstAt) > GIVE_UP_AFTER_MS;
        if (!ok && tooOld) counts.droppedEvents += 1;
        const wait = Math.min(retryBaseMs * 2 ** Number(attempt), LONGEST_WAIT_MS);
        if (ok || tooOld) store.run('DELETE FROM outbox WHERE seq = ?', seq ?? null);
        else
          store.run(
            'UPDATE outbox SET attempt = attempt + 1, due_at = ? WHERE seq = ?',
            now + wait,
            seq ?? null,
          );
      }
    });
    return true;
  }

  async function drain(): Promise<void> {
    for (let target = readTarget(store); target && !stopping.signal.aborted; target = readTarget(store)) {
      if (!(await deliverBatch(target))) break;
    }
  }

  function wake(): void {
    if (stopping.signal.aborted || running) return;
    clearTimeout(timer);
    running = drain().finally(() => {
      running = undefined;
      if (stopping.signal.aborted || !readTarget(store)) return;
      const next = store.get('SELECT min(due_at) AS due FROM outbox')?.['due'];
      if (next != null) timer = setTimeout(wake, Math.max(0, Number(next) - store.now()));
    });
  }

  store.onCommit(() => setImmediate(wake));
  wake();
  return {
    counts,
    stop: async () => {
      stopping.abort();
      clearTimeout(timer);
      await running;
    },
  };
}
