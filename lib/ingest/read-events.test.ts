import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readEvents } from './read-events.ts';

const event = {
  id: 'a',
  type: 'page_viewed',
  occurredAt: '2026-05-03T10:00:00Z',
  subject: { crm: 'hubspot', object: 'contacts', id: '7' },
};
const reasonFor = (change: object): string | undefined =>
  readEvents([{ ...event, ...change }]).rejected[0]?.reason;

describe('reading events', () => {
  it('says by its type where an event comes from, unless the sender does', () => {
    const { events } = readEvents([
      event,
      { ...event, type: 'Form_Submitted' },
      { ...event, type: 'report_exported' },
      { ...event, source: 'product' },
    ]);
    expect(events.map(({ event: { source } }) => source)).toEqual([
      'marketing',
      'marketing',
      'product',
      'product',
    ]);
  });

  it('takes a Salesforce id in its long form', () => {
    const subject = { crm: 'salesforce', object: 'leads', id: '00Q5g000001AbCd' };
    expect(readEvents([{ ...event, subject }]).events[0]?.event.subject).toMatchObject({
      id: expect.stringMatching(/^00Q5g000001AbCd\w{3}$/),
    });
  });

  it.each<[object, RegExp]>([
    [{ id: 7 }, /^id: must be text/],
    [{ id: '' }, /^id: must not be empty/],
    [{ id: 'x'.repeat(201) }, /^id: must have at most 200/],
    [{ type: undefined }, /^type: must be text/],
    [{ occurredAt: '2026-05-03T10:00:00' }, /^occurredAt: must be a time with its zone/],
    [{ occurredAt: '2026-02-30T10:00:00Z' }, /^occurredAt/],
    [{ occurredAt: 1_777_000_000 }, /^occurredAt/],
    [{ occurredAt: '0000-05-03T10:00:00Z' }, /^occurredAt/],
    [{ occurredAt: '2026-05-03T10:00:00 Mars/Phobos' }, /^occurredAt/],
    [{ source: 'web' }, /^source/],
    [{ subject: { crm: 'hubspot', object: 'tasks', id: '7' } }, /^subject: must be/],
    [{ subject: { email: 'nobody' } }, /^subject.email: must be an e-mail address/],
    [{ subject: 'hubspot:contacts:7' }, /^subject: must be/],
    [{ properties: [] }, /^properties/],
    [{ properties: { much: Infinity } }, /^properties: a number is too large/],
    [
      { properties: { a: { b: { c: { d: { e: { f: { g: { h: { i: 1 } } } } } } } } } },
      /^properties: they are nested/,
    ],
    [{ properties: { note: 'x'.repeat(20_000) } }, /^properties: they have 20,0\d\d characters/],
  ])('refuses %j with a sentence', (change, reason) => {
    expect(reasonFor(change)).toMatch(reason);
    expect(reasonFor(change)).toMatch(/\.$/);
  });

  it('answers for every event of any batch, and never throws', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.anything(), fc.constant(event)), { maxLength: 20 }), batch => {
        const { events, rejected } = readEvents(batch);
        expect([...events, ...rejected].map(({ index }) => index).sort((a, b) => a - b)).toEqual([
          ...batch.keys(),
        ]);
        expect(rejected.every(({ reason }) => reason.endsWith('.'))).toBe(true);
      }),
    );
  });
});
