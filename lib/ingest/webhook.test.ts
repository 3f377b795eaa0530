import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CrmEvent } from '#lib/core/record.ts';
import { parseWebhook } from './webhook.ts';

const base = {
  eventId: 100,
  subscriptionId: 1,
  portalId: 48,
  appId: 7,
  occurredAt: 1_763_630_000_123,
  subscriptionType: 'contact.propertyChange',
  attemptNumber: 0,
  objectId: 512,
  changeSource: 'CRM_UI',
  propertyName: 'firstname',
  propertyValue: 'Ann',
};
const parse = (...items: object[]) => parseWebhook(JSON.stringify(items));
const events = (item: object) => parse(item).deliveries[0]?.events ?? [];

describe('webhooks', () => {
  it('become events by account', () => {
    const { deliveries, ignored } = parse(base, { ...base, portalId: 49, objectId: 513 });
    expect(ignored).toBe(0);
    expect(deliveries.map(({ accountId }) => accountId)).toEqual(['48', '49']);
    expect(deliveries[0]?.events).toEqual([
      {
        key: 'hubspot:contacts:512:propertyChange:firstname:1763630000123',
        ref: { crm: 'hubspot', object: 'contacts', id: '512' },
        kind: 'changed',
        field: 'firstname',
        occurredAt: '2025-11-20T09:13:20.123Z',
        own: false,
      },
    ]);
    CrmEvent.parse(deliveries[0]?.events[0]);
  });

  it('are refused when they are more than HubSpot sends, before anybody knows who sent them', () => {
    const many = (count: number) => parse(...Array.from({ length: count }, () => base));
    expect(many(1000).deliveries[0]?.events).toHaveLength(1000);
    expect(() => many(1001)).toThrow('1000 notifications at most');
  });

  it('have the same key when delivered again, and none when something else happened', () => {
    const [first] = events(base);
    expect(events({ ...base, attemptNumber: 3, eventId: 999 })[0]?.key).toBe(first?.key);
    for (const other of [
      { objectId: 1 },
      { propertyName: 'x' },
      { occurredAt: 5 },
      { subscriptionType: 'contact.creation' },
    ])
      expect(events({ ...base, ...other })[0]?.key).not.toBe(first?.key);
    expect(JSON.stringify(first)).not.toContain('Ann');
  });

  it('know activities by their type id', () => {
    expect(events({ ...base, subscriptionType: 'object.creation', objectTypeId: '0-27' })).toMatchObject([
      { ref: { object: 'tasks' }, kind: 'created' },
    ]);
  });

  it('tell what we did ourselves from what others did', () => {
    const own = (more: object) => events({ ...base, ...more })[0]?.own;
    expect(own({ propertyName: 'sidecard_last_change' })).toBe(true);
    expect(own({ changeSource: 'INTEGRATION', sourceId: '7' })).toBe(true);
    expect(own({ changeSource: 'INTEGRATION', sourceId: '8' })).toBe(false);
    expect(own({ changeSource: 'INTEGRATION' })).toBe(false);
  });

  it('name the account of a kind that is not followed', () => {
    const { deliveries, ignored } = parse({ ...base, subscriptionType: 'conversation.creation' });
    expect(deliveries).toEqual([{ accountId: String(base.portalId), events: [] }]);
    expect(ignored).toBe(1);
  });

  it('know our tasks, notes, fields and owners for our own, whatever else is in the delivery', () => {
    const source = { changeSource: 'INTEGRATION', sourceId: '7', appId: 7 };
    const { deliveries } = parse(
      { ...base, ...source, subscriptionType: 'object.creation', objectTypeId: '0-27', objectId: 1 },
      { ...base, ...source, subscriptionType: 'object.creation', objectTypeId: '0-46', objectId: 2 },
      { ...base, ...source, propertyName: 'jobtitle', objectId: 3 },
      { ...base, ...source, propertyName: 'hubspot_owner_id', objectId: 3 },
      { ...base, ...source, propertyName: 'sidecard_last_change', objectId: 3 },
      { ...base, propertyName: 'jobtitle', objectId: 3, occurredAt: 1_763_630_000_124 },
    );
    expect(deliveries[0]?.events.map(({ ref, own }) => [ref.object, own])).toEqual([
      ['tasks', true],
      ['notes', true],
      ['contacts', true],
      ['contacts', true],
      ['contacts', true],
      ['contacts', false],
    ]);
  });

  it('say of a merge what became of each record, and of a link both ends', () => {
    const merge = {
      ...base,
      subscriptionType: 'contact.merge',
      primaryObjectId: 1,
      mergedObjectIds: [2, 3],
      newObjectId: 9,
    };
    expect(events(merge).map(({ ref, kind }) => [ref.id, kind])).toEqual([
      ['9', 'merged'],
      ['1', 'deleted'],
      ['2', 'deleted'],
      ['3', 'deleted'],
    ]);
    const link = {
      ...base,
      subscriptionType: 'contact.associationChange',
      associationType: 'CONTACT_TO_COMPANY',
      fromObjectId: 1,
      toObjectId: 2,
    };
    expect(events(link).map(({ ref, kind }) => [ref.object, ref.id, kind])).toEqual([
      ['contacts', '1', 'linked'],
      ['companies', '2', 'linked'],
    ]);
    expect(events({ ...base, subscriptionType: 'contact.privacyDeletion' })).toMatchObject([
      { kind: 'erased' },
    ]);
  });

  it('are counted, not refused, where we do not follow them', () => {
    const { deliveries, ignored } = parse(
      base,
      { ...base, subscriptionType: 'conversation.creation' },
      { nonsense: 1 },
    );
    expect(deliveries[0]?.events).toHaveLength(1);
    expect(ignored).toBe(2);
  });

  it('are refused only when nothing can be read', () => {
    for (const body of ['', '{', '{}', 'null', '"x"'])
      expect(() => parseWebhook(body)).toThrow(expect.objectContaining({ code: 'bad_input' }));
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.jsonValue(), fc.record({ ...shape })), { maxLength: 5 }), items => {
        const { deliveries, ignored } = parseWebhook(JSON.stringify(items));
        expect(ignored).toBeLessThanOrEqual(items.length);
        for (const delivery of deliveries) for (const event of delivery.events) CrmEvent.parse(event);
      }),
    );
  });
});

const shape = {
  portalId: fc.oneof(fc.nat(), fc.string()),
  occurredAt: fc.oneof(fc.integer(), fc.double(), fc.maxSafeInteger()),
  objectId: fc.oneof(fc.nat(), fc.string(), fc.constant(undefined)),
  subscriptionType: fc.constantFrom(
    'contact.creation',
    'deal.merge',
    'company.associationChange',
    'x',
    'object.creation',
  ),
  associationType: fc.constantFrom('CONTACT_TO_DEAL', 'X_TO_Y', undefined),
  fromObjectId: fc.oneof(fc.nat(), fc.constant(undefined)),
  toObjectId: fc.nat(),
  mergedObjectIds: fc.array(fc.nat()),
};
