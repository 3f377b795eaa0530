import type { Store } from '#lib/crm/sandbox/store/open-store.ts';
import type { Fault, FaultBody } from './rule.ts';

type Registry = { faults: Fault[]; next: number };

const registries = new WeakMap<Store, Registry>();

function registryOf(store: Store): Registry {
  const known = registries.get(store) ?? { faults: [], next: 1 };
  registries.set(store, known);
  return known;
}

/** The faults in force, oldest first. They live in memory: a restart clears them. */
export function listFaults(store: Store): Fault[] {
  return registryOf(store).faults;
}

/** Puts a fault in force. Throws a SyntaxError if its path is not a regular expression. */
export function addFault(store: Store, body: FaultBody): Fault {
  const pattern = body.match.path === undefined ? undefined : new RegExp(body.match.path);
  const registry = registryOf(store);
  const fault: Fault = { ...body, id: String(registry.next), pattern, seen: 0, hits: 0 };
  registry.next += 1;
  registry.faults.push(fault);
  if (body.effect.kind === 'clock-skew') store.skewClock(body.effect.ms);
  return fault;
}

/** Ends one fault, or all; returns how many there were. A skewed clock is set right when no fault skews it. */
export function clearFaults(store: Store, id?: string): number {
  const registry = registryOf(store);
  const kept = id === undefined ? [] : registry.faults.filter(fault => fault.id !== id);
  const gone = registry.faults.length - kept.length;
  registry.faults = kept;
  const skew = kept.findLast(({ effect }) => effect.kind === 'clock-skew')?.effect;
  store.skewClock(skew?.kind === 'clock-skew' ? skew.ms : 0);
  return gone;
}
