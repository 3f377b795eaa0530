import { setTimeout as sleep } from 'node:timers/promises';
import { AppError } from '#lib/core/errors.ts';
import type { Clock } from '#lib/core/time.ts';
import type { Db } from '#lib/platform/db.ts';
import { newId } from '#lib/platform/ids.ts';
import { admit, closed, failed } from './circuit.ts';
import { block, correct, isNews, leaseMs, newBucket, takeFrom, type Urgency } from './limits-bucket.ts';
import { isWorthKeeping, waitOfDay } from './limits-day.ts';
import { defaultLimits, searchLimitOf, type Talker } from './limits-defaults.ts';
import { dayIn, retryAfterIn, windowIn } from './limits-headers.ts';
import { openSlots } from './limits-slots.ts';
import { openTurnstile, type Grant } from './limits-turnstile.ts';
import { loadTraffic, lockTraffic, saveTraffic } from './store-traffic.ts';
import { noTraffic, Traffic, type Kind } from './traffic-state.ts';

/** What an answer says to limits and circuit; `status` null: there was none. */
export interface Answer {
  status: number | null;
  headers: Pick<Headers, 'get'>;
  kind?: Kind;
}

/** How old may be what a process knows of a circuit that others opened. */
const knownForMs = 5_000;
/** How long a process counts as one that talks to the CRM. */
const processMs = 60_000;
const windowOf: Record<Kind, number> = { call: 10_000, search: 1_000 };

/**
 * The gate through which one process's requests to one tenant's CRM go. Limits and circuit stand in the database, so
 * that all processes keep them together; what this process knows of them spares it most of the asking.
 */
export function openTraffic(db: Db, tenantId: string, talker: Talker, clock: Clock) {
  const now = () => clock().getTime();
  const processId = newId('req');
  const slots = talker.crm === 'salesforce' ? openSlots(now) : null;
  let known: { traffic: Traffic; at: number } | null = null;

  const read = (state: unknown, at: number): Traffic => {
    const traffic = state === null ? noTraffic : Traffic.parse(state);
    if (traffic.calls !== null) return traffic;
    const first = defaultLimits(talker, at);
    return { ...traffic, calls: first.calls, search: traffic.search ?? first.search };
  };
  const learn = (traffic: Traffic): Traffic => {
    known = { traffic, at: now() };
    slots?.share(Object.keys(traffic.processes).length);
    return traffic;
  };
  /** Changes what all share. The time is taken once nobody else can change it. */
  const change = <T>(work: (traffic: Traffic, at: number) => { traffic: Traffic; result: T }): Promise<T> =>
    db.tenant(tenantId, async tx => {
      const state = await lockTraffic(tx, noTraffic);
      const at = now();
      const { traffic, result } = work(read(state, at), at);
      await saveTraffic(tx, traffic);
      learn(traffic);
      return result;
    });
  const look = async (): Promise<Traffic> => {
    if (known && !known.traffic.cut && now() - known.at < knownForMs) return known.traffic;
    const state = await db.tenant(tenantId, loadTraffic);
    return learn(read(state, now()));
  };

  const take =
    (kind: Kind) =>
    async (want: number, urgency: Urgency): Promise<Grant> =>
      change((traffic, at) => {
        const name = kind === 'search' ? 'search' : 'calls';
        const bucket = traffic[name];
        const usableUntil = at + leaseMs;
        if (traffic.cut) throw isCut();
        const admission = kind === 'call' ? admit(traffic.circuit, at) : null;
        if (admission?.may === 'wait') throw down(talker.crm, admission.until, at);
        const circuit = admission?.circuit ?? traffic.circuit;
        const processes = { ...alive(traffic.processes, at), [processId]: at + processMs };
        if (!bucket)
          return {
            traffic: { ...traffic, circuit, processes },
            result: { granted: admission?.may === 'probe' ? 1 : want, usableUntil, waitMs: 0 },
          };
        const wait = urgency === 'background' ? waitOfDay(traffic.day, at) : 0;
        const taken =
          wait > 0
            ? { bucket, granted: 0, waitMs: wait }
            : takeFrom(bucket, { want: admission?.may === 'probe' ? 1 : want, urgency, now: at });
        return {
          // A probe that finds no place in the limit has not been sent.
          traffic: {
            ...traffic,
            [name]: taken.bucket,
            circuit: taken.granted > 0 ? circuit : traffic.circuit,
            processes,
          },
          result: { granted: taken.granted, waitMs: taken.waitMs, usableUntil },
        };
      });
  const wait = async (ms: number, signal: AbortSignal): Promise<void> => {
    await sleep(ms, undefined, { signal }).catch(() => undefined);
  };
  const turnstiles = {
    call: openTurnstile({ take: take('call'), now, wait }),
    search: openTurnstile({ take: take('search'), now, wait }),
  };

  return {
    /**
     * Waits for a place in the account's limits. Throws AppError('limited') when that takes too long, and
     * AppError('unavailable') at once while the CRM is being left alone; both say `retryAfterMs`.
     */
    async pass(urgency: Urgency, kind: Kind = 'call'): Promise<void> {
      const { calls, search, circuit, cut } = await look();
      const at = now();
      if (cut) throw isCut();
      if (circuit.openUntil !== null && at < circuit.openUntil) throw down(talker.crm, circuit.openUntil, at);
      if (kind === 'search' && search) await turnstiles.search.pass(urgency);
      // Without a limit there is nothing to share, unless the CRM is down and one must try.
      if (calls === null && circuit.openUntil === null) return;
      await turnstiles.call.pass(urgency);
      await slots?.enter();
    },

    /** Takes note of an answer. Writes only what is news: most answers cost nothing. */
    async heard({ status, headers, kind = 'call' }: Answer): Promise<void> {
      slots?.leave();
      const at = now();
      const traffic = known?.traffic ?? noTraffic;
      const window = kind === 'call' ? windowIn(headers) : null;
      const day = dayIn(headers, at);
      const isDown = status === null || status >= 500;
      const silence =
        status === 429
          ? (retryAfterIn(headers, at) ?? windowOf[kind])
          : status === 503
            ? retryAfterIn(headers, at)
            : null;
      if (silence !== null) turnstiles[kind].drop();
      const limitIsNews = window !== null && (traffic.calls === null || isNews(traffic.calls, window));
      const dayIsNews = day !== null && isWorthKeeping(traffic.day, day);
      const isUpAgain = !isDown && traffic.circuit.failures > 0;
      if (!isDown && !isUpAgain && silence === null && !limitIsNews && !dayIsNews) return;
      await change((shared, when) => {
        let { calls, search } = shared;
        if (window) {
          const searching = searchLimitOf(talker.crm);
          calls = correct(calls ?? newBucket(window, when), window, when);
          search ??= searching && newBucket(searching, when);
        }
        if (silence !== null) {
          const until = when + silence;
          // A CRM that has named no limit asks for silence, and for no more.
          const wide = newBucket({ max: 200 * (windowOf[kind] / 1000), intervalMs: windowOf[kind] }, when);
          if (kind === 'search') search = block(search ?? wide, until);
          else calls = block(calls ?? wide, until);
        }
        const circuit = isDown ? failed(shared.circuit, when) : closed;
        return { traffic: { ...shared, calls, search, day: day ?? shared.day, circuit }, result: undefined };
      });
    },
  };
}

const isCut = (): AppError =>
  new AppError('refused', 'The CRM was disconnected: nothing is read from it or written to it any more.');

const alive = (processes: Traffic['processes'], at: number): Traffic['processes'] =>
  Object.fromEntries(Object.entries(processes).filter(([, until]) => until > at));

const names: Record<string, string> = { hubspot: 'HubSpot', salesforce: 'Salesforce' };

const down = (crm: string, until: number, at: number): AppError =>
  new AppError(
    'unavailable',
    `${names[crm] ?? 'The CRM'} has stopped answering. Sidecard leaves it alone until ${new Date(until).toISOString().slice(11, 19)} UTC, then tries again.`,
    { retryAfterMs: Math.ceil(until - at) },
  );
