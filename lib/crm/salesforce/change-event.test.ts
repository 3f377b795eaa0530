import fc from 'fast-check';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { changesIn } from './change-event.ts';

const event = (header: Record<string, unknown>, fields: Record<string, unknown> = {}) => ({
  ChangeEventHeader: {
    entityName: 'Lead',
    recordIds: ['00Qxx0000000001EAA'],
    changeType: 'UPDATE',
    changeOrigin: 'com/salesforce/api/rest/66.0;client=Other/',
    transactionKey: '0004a-1',
    sequenceNumber: 1,
    commitTimestamp: 1_795_000_000_000,
    changedFields: ['Status', 'LastModifiedDate'],
    nulledFields: [],
    diffFields: [],
    ...header,
  },
  ...fields,
});

describe('change events', () => {
  it('say which record changed, in which field, and when', () => {
    const { events, resync } = changesIn(event({}));
    expect(resync).toEqual([]);
    expect(events).toEqual([
      {
        key: 'salesforce:Lead:0004a-1:1:leads:00Qxx0000000001EAA',
        ref: { crm: 'salesforce', object: 'leads', id: '00Qxx0000000001EAA' },
        kind: 'changed',
        field: 'Status',
        occurredAt: new Date(1_795_000_000_000).toISOString(),
        own: false,
      },
    ]);
  });

  it.each([
    ['com/salesforce/api/rest/66.0;client=Sidecard', true],
    ['com/salesforce/api/rest/66.0;client=Sidecard/', true],
    ['com/salesforce/api/rest/66.0;client=SidecardLookalike/', false],
    ['com/salesforce/api/soap/60.0;client=SfdcInternalAPI/', false],
    ['', false],
  ])('of origin %j are our own: %j', (changeOrigin, own) => {
    expect(changesIn(event({ changeOrigin })).events[0]?.own).toBe(own);
  });

  it.each([
    ['CREATE', 'created'],
    ['UPDATE', 'changed'],
    ['UNDELETE', 'changed'],
    ['DELETE', 'deleted'],
    ['GAP_CREATE', 'changed'],
    ['GAP_UPDATE', 'changed'],
    ['GAP_DELETE', 'changed'],
  ])('of type %s mean %s', (changeType, kind) => {
    expect(changesIn(event({ changeType })).events.map(one => one.kind)).toEqual([kind]);
  });

  it('that overflowed ask for the whole object', () => {
    const told = changesIn(event({ changeType: 'GAP_OVERFLOW', recordIds: ['000000000000000AAA'] }));
    expect(told).toEqual({ events: [], resync: ['leads'] });
  });

  it('of a task are looked at as each thing that it may be, unless its subtype says which', () => {
    const objects = (payload: unknown) => changesIn(payload).events.map(one => one.ref.object);
    const header = { entityName: 'Task', recordIds: ['00Txx0000000001EAA'] };
    expect(objects(event(header)).sort()).toEqual(['calls', 'emails', 'tasks']);
    expect(objects(event(header, { TaskSubtype: 'Call' }))).toEqual(['calls']);
  });

  it('of a contact role are news about the opportunity and the person', () => {
    const roles = { OpportunityId: '006xx0000000001EAA', ContactId: '003xx0000000001EAA' };
    const { events } = changesIn(
      event(
        { entityName: 'OpportunityContactRole', recordIds: ['00Kxx0000000001EAA'], changeType: 'CREATE' },
        roles,
      ),
    );
    expect(events.map(({ ref, kind }) => [ref.object, kind])).toEqual([
      ['deals', 'linked'],
      ['contacts', 'linked'],
    ]);
  });

  it('name no field while the names are still packed as bits', () => {
    expect(changesIn(event({ changedFields: ['0x400000'] })).events[0]?.field).toBeNull();
  });

  it('that are anything else say nothing, and never throw', () => {
    fc.assert(
      fc.property(fc.anything(), payload => {
        expect(changesIn(payload)).toEqual({ events: [], resync: [] });
      }),
    );
  });
});

const recorded = '../shared/fixtures/salesforce/cdc';

describe.skipIf(!existsSync(recorded))('recorded change events', () => {
  it('can be read', () => {
    const objects = readdirSync(recorded).flatMap(file =>
      changesIn(JSON.parse(readFileSync(`${recorded}/${file}`, 'utf8'))).events.map(one => one.ref.object),
    );
    expect(objects).toEqual(['companies', 'companies', 'deals']);
  });
});
