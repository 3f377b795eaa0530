import type { TenantTx } from '#lib/platform/db.ts';
import { levelOf, type DayLevel } from './limits-day.ts';
import { loadTraffic } from './store-traffic.ts';
import { noTraffic, Traffic } from './traffic-state.ts';

/** How a tenant's CRM takes our requests, for pages and for whoever watches. */
export interface TrafficView {
  /** Requests of the account's day; null where the CRM tells of no such limit. */
  day: { used: number; limit: number; level: DayLevel } | null;
  /** While it does not answer and is left alone: until when. */
  pausedUntil: string | null;
  /** While it asks for silence: until when. */
  limitedUntil: string | null;
}

export async function trafficViewOf(tx: TenantTx, now: Date): Promise<TrafficView> {
  const state = await loadTraffic(tx);
  const { day, circuit, calls } = state === null ? noTraffic : Traffic.parse(state);
  const ahead = (at: number | null | undefined): string | null =>
    at != null && at > now.getTime() ? new Date(at).toISOString() : null;
  return {
    day: day && { used: day.used, limit: day.limit, level: levelOf(day) },
    pausedUntil: ahead(circuit.openUntil),
    limitedUntil: ahead(calls?.blockedUntil),
  };
}
