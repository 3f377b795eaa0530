import type { Clock } from '#lib/core/time.ts';
import type { Db } from '#lib/platform/db.ts';
import type { Talker } from './limits-defaults.ts';
import { openTraffic } from './traffic.ts';

type Gate = ReturnType<typeof openTraffic>;

/** One gate a tenant and process: its sessions queue together, and share what the gate knows. */
const gates = new WeakMap<Db, Map<string, { gate: Gate; clock: Clock }>>();

/** The gate of a tenant in this process; made when first asked for. */
export function trafficOf(db: Db, tenantId: string, talker: Talker, clock: Clock): Gate {
  const here = gates.get(db) ?? new Map<string, { gate: Gate; clock: Clock }>();
  gates.set(db, here);
  const name = `${tenantId} ${talker.crm} ${talker.kind} ${talker.by}`;
  const known = here.get(name);
  if (known?.clock === clock) return known.gate;
  const gate = openTraffic(db, tenantId, talker, clock);
  here.set(name, { gate, clock });
  return gate;
}
