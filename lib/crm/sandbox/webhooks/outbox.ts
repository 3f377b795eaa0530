import { OBJECT_TYPES, type ObjectName } from '#lib/crm/sandbox/model/object-types.ts';
import type { Source } from '#lib/crm/sandbox/store/history.ts';
import type { Store } from '#lib/crm/sandbox/store/open-store.ts';
import { PORTAL_ID } from '#lib/crm/sandbox/store/settings.ts';
import { readTarget } from './target.ts';

/** Number of the one app that is subscribed. */
export const APP_ID = 4_471_203;

const KINDS = ['creation', 'propertyChange', 'deletion'] as const;
const PREFIXES = ['contact', 'company', 'deal', 'object'] as const;
const FIRST_SUBSCRIPTION = 3_300_101;

/** A change that subscribers hear of. `at` in milliseconds. */
export type Change = {
  kind: (typeof KINDS)[number];
  type: ObjectName;
  id: number;
  at: number;
  source: Source;
  propertyName?: string;
  propertyValue?: string;
};

function toEvent({ kind, type, id, at, source, propertyName, propertyValue }: Change) {
  const { event, typeId } = OBJECT_TYPES[type];
  return {
    subscriptionId: FIRST_SUBSCRIPTION + PREFIXES.indexOf(event) * KINDS.length + KINDS.indexOf(kind),
    portalId: PORTAL_ID,
    appId: APP_ID,
    occurredAt: at,
    subscriptionType: `${event}.${kind}`,
    objectId: id,
    changeSource: source.type,
    ...(event === 'object' ? { objectTypeId: typeId } : {}),
    ...(kind === 'propertyChange' ? { propertyName, propertyValue } : {}),
  };
}

/** Keeps a change for delivery, in the transaction that made it. Without a target nothing is kept. */
export function queueEvent(store: Store, change: Change): void {
  if (!readTarget(store)) return;
  const now = store.now();
  const event = JSON.stringify(toEvent(change));
  store.run('INSERT INTO outbox (event, due_at, first_at) VALUES (?, ?, ?)', event, now, now);
}
