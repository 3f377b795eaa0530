import fc from 'fast-check';
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseOutboundMessage } from './outbound-message.ts';

const now = new Date('2026-11-20T10:00:00.000Z');

const notification = (number: number, type = 'Opportunity', fields = '') =>
  `<Notification><Id>04l0000000${String(number).padStart(5, '0')}</Id>
  <sObject xsi:type="sf:${type}" xmlns:sf="urn:sobject.enterprise.soap.sforce.com"><sf:Id>006000000000001</sf:Id>${fields}</sObject></Notification>`;

const message = (notifications: string, session = '<SessionId xsi:nil="true"/>') =>
  `<?xml version="1.0" encoding="UTF-8"?><soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/"
  xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><soapenv:Body>
  <notifications xmlns="http://soap.sforce.com/2005/09/outbound"><OrganizationId>00D000000000001</OrganizationId>
  <ActionId>04k000000000001</ActionId>${session}${notifications}</notifications></soapenv:Body></soapenv:Envelope>`;

const refused = expect.objectContaining({ code: 'bad_input' });

describe('an outbound message', () => {
  it('says which organisation sent it and which records to read again', () => {
    const modified = '<sf:SystemModstamp>2026-11-19T08:00:00.000Z</sf:SystemModstamp>';
    const parsed = parseOutboundMessage(message(notification(1, 'Opportunity', modified)), now);
    expect(parsed).toEqual({
      organizationId: '00D000000000001',
      ignored: 0,
      events: [
        {
          key: 'salesforce:outbound:04l000000000001:deals',
          ref: { crm: 'salesforce', object: 'deals', id: '006000000000001AAA' },
          kind: 'changed',
          field: null,
          occurredAt: '2026-11-19T08:00:00.000Z',
          own: false,
        },
      ],
    });
  });

  it('of a hundred is read whole, and more is refused', () => {
    const many = (count: number) =>
      message(Array.from({ length: count }, (_, i) => notification(i)).join(''), '<SessionId>s</SessionId>');
    expect(parseOutboundMessage(many(100), now).events).toHaveLength(100);
    expect(() => parseOutboundMessage(many(101), now)).toThrow(refused);
  });

  it('of an object that we do not follow is counted and left out', () => {
    const parsed = parseOutboundMessage(message(notification(1, 'Invoice__c') + notification(2)), now);
    expect([parsed.ignored, parsed.events.length]).toEqual([1, 1]);
  });

  it('that brings entities, too many characters or another document is refused', () => {
    const bomb = `<!DOCTYPE x [<!ENTITY a "aaaa">]>${message(notification(1))}`;
    for (const body of [
      bomb,
      '',
      '{}',
      '<a/>',
      message(''),
      `${message(notification(1))}${' '.repeat(2_000_000)}`,
    ])
      expect(() => parseOutboundMessage(body, now)).toThrow(refused);
  });

  it('of any other text is refused, never a bug', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.string().map(message)), body => {
        expect(() => parseOutboundMessage(body, now)).toThrow(refused);
      }),
    );
  });
});

const recorded = '../shared/fixtures/salesforce/outbound_message';

describe.skipIf(!existsSync(recorded))('recorded outbound messages', () => {
  it.each(['opportunity.xml', 'opportunity_minimal_session_nil.xml'])('%s can be read', file => {
    const parsed = parseOutboundMessage(readFileSync(`${recorded}/${file}`, 'utf8'), now);
    expect(parsed.events.map(one => one.ref.object)).toEqual(['deals']);
  });
});
