import type { Store } from '#lib/crm/sandbox/store/open-store.ts';
import { listFaults } from './registry.ts';
import { draw, strikes } from './rule.ts';

/** How often an event is to be sent (0 loses it) and how much later than usual, in milliseconds. */
export function webhookFaults(store: Store, subscriptionType: string): { copies: number; delayMs: number } {
  const outcome = { copies: 1, delayMs: 0 };
  for (const fault of listFaults(store)) {
    const { effect, pattern } = fault;
    if (!effect.kind.startsWith('webhook-') || effect.kind === 'webhook-reorder') continue;
    if (pattern && !pattern.test(subscriptionType)) continue;
    if (!strikes(fault)) continue;
    if (effect.kind === 'webhook-drop') outcome.copies = 0;
    if (effect.kind === 'webhook-duplicate' && outcome.copies > 0) outcome.copies = effect.copies ?? 2;
    if (effect.kind === 'webhook-delay') outcome.delayMs += effect.ms;
  }
  return outcome;
}

/** The events of one call in the order in which they are to stand; the seed alone decides it. */
export function orderEvents<T>(store: Store, events: T[]): T[] {
  const fault = listFaults(store).find(({ effect }) => effect.kind === 'webhook-reorder');
  if (!fault || events.length < 2 || !strikes(fault)) return events;
  const { seed } = fault.match;
  const keyed = events.map((event, place) => ({ event, key: draw(seed + fault.seen * 1_000, place) }));
  return keyed.toSorted((a, b) => a.key - b.key).map(({ event }) => event);
}
