import { XMLParser } from 'fast-xml-parser';
import { z } from 'zod';
import { AppError } from '#lib/core/errors.ts';
import type { CrmEvent } from '#lib/core/record.ts';
import { toInstant } from '#lib/core/time.ts';
import { salesforceSubjects } from '#lib/crm/changes.ts';

const mostCharacters = 2_000_000;
const mostNotifications = 100;

const Text = z.string().max(200);
const Id = z.string().regex(/^[a-zA-Z0-9]{15}(?:[a-zA-Z0-9]{3})?$/);

const Notification = z.looseObject({
  Id,
  sObject: z.looseObject({
    '@type': Text,
    Id,
    TaskSubtype: Text.optional(),
    SystemModstamp: Text.optional(),
    LastModifiedDate: Text.optional(),
  }),
});

const Envelope = z.looseObject({
  Envelope: z.looseObject({
    Body: z.looseObject({
      notifications: z.looseObject({
        OrganizationId: Id,
        Notification: z.array(z.unknown()).min(1).max(mostNotifications),
      }),
    }),
  }),
});

/** What an outbound message of Salesforce says: which organisation sent it, and what happened to its records. */
export interface OutboundMessage {
  organizationId: string;
  events: CrmEvent[];
  /** Notifications of objects that we do not follow, or that cannot be read. */
  ignored: number;
}

/** Entities stay as they are, so that a text cannot grow; nothing that we take has any. */
const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  removeNSPrefix: true,
  processEntities: false,
  parseTagValue: false,
  parseAttributeValue: false,
  isArray: name => name === 'Notification',
});

/**
 * Reads an outbound message, at most 100 notifications. Values in it are not believed: the records are read again, since
 * messages may repeat, come late and in any order. Throws AppError('bad_input') for what is no such message.
 */
export function parseOutboundMessage(body: string, now: Date): OutboundMessage {
  const read = Envelope.safeParse(xmlIn(body));
  if (!read.success) throw notOne();
  const { OrganizationId: organizationId, Notification: items } = read.data.Envelope.Body.notifications;
  const told = items.map(item => {
    const notification = Notification.safeParse(item);
    return notification.success ? eventsOf(notification.data, now) : [];
  });
  return {
    organizationId,
    events: told.flat(),
    ignored: told.filter(events => events.length === 0).length,
  };
}

function xmlIn(body: string): unknown {
  // A document type could declare entities that stand for more than they are long.
  if (body.length > mostCharacters || /<!DOCTYPE|<!ENTITY/i.test(body)) throw notOne();
  try {
    return parser.parse(body);
  } catch {
    throw notOne();
  }
}

const notOne = (): AppError =>
  new AppError(
    'bad_input',
    'This is not an outbound message of Salesforce (SOAP, at most 100 notifications and 2 MB).',
  );

function eventsOf({ Id: notificationId, sObject }: z.infer<typeof Notification>, now: Date): CrmEvent[] {
  const sobject = sObject['@type'].split(':').at(-1) ?? '';
  const at = Date.parse(sObject.SystemModstamp ?? sObject.LastModifiedDate ?? '');
  return salesforceSubjects(sobject, sObject.Id, sObject.TaskSubtype).map(ref => ({
    key: ['salesforce', 'outbound', notificationId, ref.object].join(':'),
    ref,
    kind: 'changed',
    field: null,
    occurredAt: toInstant(Number.isNaN(at) ? now : at),
    own: false,
  }));
}
