import { OBJECT_TYPES, type EventPrefix, type ObjectName } from '#lib/crm/sandbox/model/object-types.ts';
import { webhookFaults } from '#lib/crm/sandbox/faults/webhook-faults.ts';
import type { Source } from '#lib/crm/sandbox/store/history.ts';
import type { Store } from '#lib/crm/sandbox/store/open-store.ts';
import { PORTAL_ID } from '#lib/crm/sandbox/store/settings.ts';
import { readTarget } from './target.ts';

/** Number of the one app that is subscribed. */
export const APP_ID = 4_471_203;

const KINDS = [
  'creation',
  'propertyChange',
  'deletion',
  'merge',
  'restore',
  'privacyDeletion',
  'associationChange',
] as const;
const PREFIXES: EventPrefix[] = ['contact', 'company', 'deal', 'object', 'ticket', 'product', 'line_item'];
const FIRST_SUBSCRIPTION = 3_300_101;

type What =
  | { kind: 'creation' | 'deletion' | 'restore' | 'privacyDeletion' }
  | { kind: 'propertyChange'; propertyName: string; propertyValue: string }
  /** `moved` is how many properties the survivor took over. */
  | { kind: 'merge'; mergedIds: number[]; moved: number }
  | { kind: 'associationChange'; to: { type: ObjectName; id: number }; removed: boolean; primary: boolean };

/** A change that subscribers hear of. `at` in milliseconds. */
export type Change = { type: ObjectName; id: number; at: number; source: Source } & What;

function associationName(from: ObjectName, to: ObjectName): string {
  return `${OBJECT_TYPES[from].singular}_TO_${OBJECT_TYPES[to].singular}`.toUpperCase();
}

/** What an event says beyond what all events say. */
function detailsOf(change: Change): object {
  const { type, id } = change;
  const { event, typeId } = OBJECT_TYPES[type];
  const whose = { objectId: id, ...(event === 'object' ? { objectTypeId: typeId } : {}) };
  if (change.kind === 'propertyChange') {
    return { ...whose, propertyName: change.propertyName, propertyValue: change.propertyValue };
  }
  if (change.kind === 'merge') {
    const { mergedIds: mergedObjectIds, moved: numberOfPropertiesMoved } = change;
    return { ...whose, primaryObjectId: id, mergedObjectIds, newObjectId: id, numberOfPropertiesMoved };
  }
  if (change.kind === 'associationChange') {
    return {
      associationType: associationName(type, change.to.type),
      fromObjectId: id,
      toObjectId: change.to.id,
      associationRemoved: change.removed,
      isPrimaryAssociation: change.primary,
    };
  }
  return whose;
}

function toEvent(change: Change) {
  const { kind, type, at, source } = change;
  const { event } = OBJECT_TYPES[type];
  return {
    subscriptionId: FIRST_SUBSCRIPTION + PREFIXES.indexOf(event) * KINDS.length + KINDS.indexOf(kind),
    portalId: PORTAL_ID,
    appId: APP_ID,
    occurredAt: at,
    subscriptionType: `${event}.${kind}`,
    changeSource: source.type,
    ...detailsOf(change),
  };
}

/** Keeps a change for delivery, in the transaction that made it. Without a target nothing is kept. */
export function queueEvent(store: Store, change: Change): void {
  if (!readTarget(store)) return;
  const event = toEvent(change);
  const { copies, delayMs } = webhookFaults(store, event.subscriptionType);
  if (copies === 0) return;
  const now = store.now();
  const insert = 'INSERT INTO outbox (event, due_at, first_at) VALUES (?, ?, ?)';
  store.run(insert, JSON.stringify(event), now + delayMs, now);
  for (let copy = 1; copy < copies; copy += 1) {
    // HubSpot sends the same event again under the same eventId, which is otherwise the row's own number.
    store.run(
      `INSERT INTO outbox (event, due_at, first_at)
       SELECT json_set(event, '$.eventId', coalesce(event ->> 'eventId', seq)), due_at, first_at FROM outbox
       ORDER BY seq DESC LIMIT 1`,
    );
  }
}
