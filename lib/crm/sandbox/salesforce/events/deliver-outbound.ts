import type { Org } from '../org.ts';
import type { Row } from '../store/rows.ts';
import { readOutboundTarget, type OutboundTarget } from './outbound-queue.ts';
import { outboundMessage } from './soap.ts';

const MOST = 100;
const ANSWER_WITHIN_MS = 10_000;
const GIVE_UP_AFTER_MS = 24 * 3_600_000;
const LONGEST_WAIT_MS = 2 * 3_600_000;

export type OutboundCounts = { delivered: number; failedCalls: number; dropped: number };

async function post(url: string, body: string, stopping: AbortSignal): Promise<boolean> {
  try {
    const answer = await fetch(url, {
      method: 'POST',
      headers: { 'Content-Type': 'text/xml; charset=utf-8', SOAPAction: '""' },
      body,
      redirect: 'error',
      signal: AbortSignal.any([stopping, AbortSignal.timeout(ANSWER_WITHIN_MS)]),
    });
    const text = await answer.text();
    return answer.ok && /<(?:\w+:)?Ack>\s*true\s*<\/(?:\w+:)?Ack>/.test(text);
  } catch {
    return false; // Unreachable counts as not acknowledged: tried again later.
  }
}

/**
 * Sends queued outbound messages, up to 100 notifications of one object a call, until stopped. What is not
 * acknowledged is sent again, each time after twice the wait, for a day.
 */
export function startOutbound(org: Org, instanceUrl: () => string) {
  const counts: OutboundCounts = { delivered: 0, failedCalls: 0, dropped: 0 };
  const stopping = new AbortController();
  const { store } = org;
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> | undefined;

  async function deliverBatch({ url, retryBaseMs = 1_000 }: OutboundTarget): Promise<boolean> {
    const now = store.now();
    const first = store.get('SELECT type FROM sf_outbound WHERE due_at <= ? ORDER BY seq LIMIT 1', now);
    const object = first && org.schema.find(String(first['type']));
    if (!object) return false;
    const due = store.all(
      'SELECT * FROM sf_outbound WHERE due_at <= ? AND type = ? ORDER BY seq LIMIT ?',
      now,
      object.name,
      MOST,
    );
    const rows = due.map(row => ({ seq: Number(row['seq']), row: JSON.parse(String(row['record'])) as Row }));
    const ok = await post(url, outboundMessage(object, rows, instanceUrl()), stopping.signal);
    if (stopping.signal.aborted) return false;
    if (ok) counts.delivered += rows.length;
    else counts.failedCalls += 1;
    for (const { seq, attempt, first_at: firstAt } of due) {
      const tooOld = now - Number(firstAt) > GIVE_UP_AFTER_MS;
      if (!ok && tooOld) counts.dropped += 1;
      const wait = Math.min(retryBaseMs * 2 ** Number(attempt), LONGEST_WAIT_MS);
      if (ok || tooOld) store.run('DELETE FROM sf_outbound WHERE seq = ?', seq ?? null);
      else {
        const sql = 'UPDATE sf_outbound SET attempt = attempt + 1, due_at = ? WHERE seq = ?';
        store.run(sql, now + wait, seq ?? null);
      }
    }
    return true;
  }

  async function drain(): Promise<void> {
    for (
      let target = readOutboundTarget(org);
      target && !stopping.signal.aborted;
      target = readOutboundTarget(org)
    ) {
      if (!(await deliverBatch(target))) break;
    }
  }

  function wake(): void {
    if (stopping.signal.aborted || running) return;
    clearTimeout(timer);
    running = drain().finally(() => {
      running = undefined;
      if (stopping.signal.aborted || !readOutboundTarget(org)) return;
      const next = store.get('SELECT min(due_at) AS due FROM sf_outbound')?.['due'];
      if (next != null) timer = setTimeout(wake, Math.max(0, Number(next) - store.now()));
    });
  }

  return {
    counts,
    wake,
    stop: async () => {
      stopping.abort();
      clearTimeout(timer);
      await running;
    },
  };
}
