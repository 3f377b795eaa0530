import { z } from 'zod';
import { AppError } from '#lib/core/errors.ts';
import type { CrmEvent } from '#lib/core/record.ts';
import type { CrmObject, Subject } from '#lib/core/subject.ts';
import { toInstant } from '#lib/core/time.ts';

const Id = z.union([z.number().int().nonnegative(), z.string().regex(/^\d{1,20}$/)]).transform(String);
const endOfYear9999 = 253_402_300_799_999;
/** HubSpot sends a hundred at most. What is in a delivery is looked at before its signature can be checked. */
const mostNotifications = 1000;

/** One notification; which of the optional parts it has depends on its type. */
const Notification = z.object({
  subscriptionType: z.string().max(100),
  portalId: Id,
  appId: Id.optional(),
  occurredAt: z.number().int().min(0).max(endOfYear9999),
  objectId: Id.optional(),
  objectTypeId: z.string().optional(),
  changeSource: z.string().optional(),
  sourceId: z.string().optional(),
  propertyName: z
    .string()
    .regex(/^\w{1,200}$/)
    .optional(),
  primaryObjectId: Id.optional(),
  mergedObjectIds: z.array(Id).optional(),
  newObjectId: Id.optional(),
  fromObjectId: Id.optional(),
  toObjectId: Id.optional(),
  fromObjectTypeId: z.string().optional(),
  toObjectTypeId: z.string().optional(),
  associationType: z.string().optional(),
});
type Notification = z.infer<typeof Notification>;

export interface Webhook {
  /** Events by CRM account; one delivery may speak of several. */
  deliveries: { accountId: string; events: CrmEvent[] }[];
  /** Notifications of kinds that we do not know, or that cannot be read. */
  ignored: number;
}

/** Reads a webhook's body. Throws AppError('bad_input') only when nothing in it can be read, or there is too much in it. */
export function parseWebhook(body: string): Webhook {
  const items = notificationsIn(body);
  const byAccount = new Map<string, CrmEvent[]>();
  let ignored = 0;
  for (const item of items) {
    const read = Notification.safeParse(item);
    const events = read.success ? eventsOf(read.data) : [];
    if (events.length === 0) ignored += 1;
    // An account of which nothing is followed is named all the same: its delivery is answered for.
    if (read.success)
      byAccount.set(read.data.portalId, [...(byAccount.get(read.data.portalId) ?? []), ...events]);
  }
  return { deliveries: [...byAccount].map(([accountId, events]) => ({ accountId, events })), ignored };
}

function notificationsIn(body: string): unknown[] {
  let json: unknown;
  try {
    json = JSON.parse(body);
  } catch {
    json = undefined;
  }
  if (!Array.isArray(json))
    throw new AppError('bad_input', 'A HubSpot webhook must be a JSON array of notifications.');
  if (json.length > mostNotifications)
    throw new AppError('bad_input', `A HubSpot webhook has ${mostNotifications} notifications at most.`);
  return json;
}

const byName: Readonly<Record<string, CrmObject>> = {
  contact: 'contacts',
  company: 'companies',
  deal: 'deals',
  lead: 'leads',
  ticket: 'tickets',
  product: 'products',
  line_item: 'line_items',
};
const byTypeId: Readonly<Record<string, CrmObject>> = {
  '0-1': 'contacts',
  '0-2': 'companies',
  '0-3': 'deals',
  '0-5': 'tickets',
  '0-7': 'products',
  '0-8': 'line_items',
  '0-136': 'leads',
  '0-27': 'tasks',
  '0-46': 'notes',
  '0-47': 'meetings',
  '0-48': 'calls',
  '0-49': 'emails',
};
const kinds: Readonly<Record<string, CrmEvent['kind']>> = {
  creation: 'created',
  propertyChange: 'changed',
  restore: 'changed',
  deletion: 'deleted',
  privacyDeletion: 'erased',
};

/** What one notification says happened, record by record; nothing for a kind or object that we do not follow. */
function eventsOf(item: Notification): CrmEvent[] {
  const [name = '', verb = ''] = item.subscriptionType.split('.');
  const object = byName[name] ?? byTypeId[item.objectTypeId ?? ''];
  const event = (
    object: CrmObject | undefined,
    id: string | undefined,
    kind: CrmEvent['kind'],
  ): CrmEvent[] =>
    object === undefined || id === undefined
      ? []
      : [eventAt({ crm: 'hubspot', object, id }, kind, verb, item)];

  const kind = kinds[verb];
  if (kind !== undefined) return event(object, item.objectId, kind);
  if (verb === 'merge') {
    const into = item.newObjectId ?? item.primaryObjectId ?? item.objectId;
    const gone = [item.primaryObjectId, ...(item.mergedObjectIds ?? [])].filter(id => id !== into);
    return [...event(object, into, 'merged'), ...gone.flatMap(id => event(object, id, 'deleted'))];
  }
  if (verb === 'associationChange') {
    const [from, to] = (item.associationType ?? '').toLowerCase().split('_to_');
    return [
      ...event(
        byTypeId[item.fromObjectTypeId ?? ''] ?? byName[from ?? ''] ?? object,
        item.fromObjectId,
        'linked',
      ),
      ...event(byTypeId[item.toObjectTypeId ?? ''] ?? byName[to ?? ''], item.toObjectId, 'linked'),
    ];
  }
  return [];
}

/**
 * HubSpot's event id is not unique, so the key is made of what happened: record, kind, field and millisecond. No
 * value is in it: keys go into decisions, which outlive the person's data.
 */
function eventAt(ref: Subject, kind: CrmEvent['kind'], verb: string, item: Notification): CrmEvent {
  const field = item.propertyName ?? null;
  const far = verb === 'associationChange' ? `${item.fromObjectId ?? ''}-${item.toObjectId ?? ''}` : null;
  const key = [ref.crm, ref.object, ref.id, verb, field ?? far ?? '', item.occurredAt].join(':');
  return { key, ref, kind, field, occurredAt: toInstant(item.occurredAt), own: isOwn(item) };
}

/** Our own doing: a property of ours, or a change whose source is the app that this webhook belongs to. */
const isOwn = ({ propertyName, changeSource, sourceId, appId }: Notification): boolean =>
  (propertyName?.startsWith('sidecard_') ?? false) ||
  (changeSource === 'INTEGRATION' && appId !== undefined && sourceId === appId);
