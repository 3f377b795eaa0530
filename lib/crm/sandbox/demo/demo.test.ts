import { assert, date, integer, property, record } from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SeedRecord } from '#lib/crm/sandbox/seed.ts';
import { generateDemo } from './demo.ts';

const now = new Date('2026-11-22T12:00:00.000Z');
const demo = generateDemo({ seed: 7, now });
const of = (type: string): SeedRecord[] => demo.records.filter(each => each.type === type);
const texts = of('emails').map(mail => mail.properties['hs_email_text'] ?? '');
const TEXTS = [
  'hs_email_text',
  'hs_email_subject',
  'hs_call_body',
  'hs_call_title',
  'hs_meeting_title',
  'hs_meeting_body',
  'hs_note_body',
  'hs_task_subject',
  'dealname',
];

describe('generateDemo', () => {
  it('gives the same set for the same seed and now, and another for another seed', () => {
    expect(generateDemo({ seed: 7, now })).toEqual(demo);
    expect(generateDemo({ seed: 8, now }).records).not.toEqual(demo.records);
  });

  it('has the size of a company CRM', () => {
    expect(of('contacts')).toHaveLength(400);
    expect(of('companies')).toHaveLength(120);
    expect(of('deals')).toHaveLength(300);
    expect(demo.owners).toHaveLength(8);
    const activities = ['emails', 'calls', 'meetings', 'notes'].flatMap(of);
    expect(activities.length).toBeGreaterThan(2300);
    expect(activities.length).toBeLessThan(3500);
    expect(of('tasks').length).toBeGreaterThan(100);
  });

  it('has enough closed and open leads to learn from and to work on', () => {
    const leads = of('contacts').filter(contact => contact.properties['hs_lead_status']);
    const closed = leads.filter(lead =>
      ['UNQUALIFIED', 'BAD_TIMING', 'OPEN_DEAL'].includes(lead.properties['hs_lead_status'] ?? ''),
    );
    const converted = leads.filter(lead =>
      lead.history?.['lifecyclestage']?.some(entry => entry.value === 'opportunity'),
    );
    expect(closed.length).toBeGreaterThanOrEqual(150);
    expect(leads.length - closed.length).toBeGreaterThanOrEqual(75);
    expect(converted.length).toBeGreaterThan(45);
    expect(converted.length).toBeLessThan(closed.length * 0.6);
  });

  it('uses two currencies, mostly one, and leaves some fields empty', () => {
    const euro = of('deals').filter(deal => deal.properties['deal_currency_code'] === 'EUR').length;
    expect(euro).toBeGreaterThan(200);
    expect(euro).toBeLessThan(300);
    expect(of('deals').some(deal => deal.properties['amount'] === undefined)).toBe(true);
    expect(of('contacts').some(contact => contact.properties['phone'] === undefined)).toBe(true);
    expect(of('contacts').some(contact => contact.properties['hubspot_owner_id'] === undefined)).toBe(true);
  });

  it('writes hardly any e-mail twice and leaves no template marks', () => {
    expect(new Set(texts).size).toBeGreaterThan(texts.length * 0.97);
    for (const record of demo.records)
      for (const name of TEXTS)
        expect(record.properties[name] ?? '').not.toMatch(/\$\{|undefined|\bNaN\b|\[object| {2}\S.*\n/);
  });

  it('contains a mail that gives orders and one made of markup', () => {
    expect(texts.some(text => text.includes('ignore your instructions'))).toBe(true);
    expect(texts.some(text => text.includes('<script>'))).toBe(true);
  });

  it('writes to nobody who has asked not to be written to, and to nobody before they are known', () => {
    for (const contact of of('contacts')) {
      const optOut = contact.history?.['hs_email_optout']?.[0]?.at ?? '9';
      const address = contact.properties['email'] ?? '';
      const mails = of('emails').filter(
        ({ properties }) =>
          properties['hs_email_direction'] === 'EMAIL' &&
          (properties['hs_email_to_email'] === address ||
            properties['hs_email_cc_email']?.split(';').includes(address)),
      );
      for (const mail of mails)
        expect(mail.createdAt > contact.createdAt && mail.createdAt < optOut).toBe(true);
    }
  });

  it('keeps a thread under one subject, the first without "Re:"', () => {
    const threads = Map.groupBy(
      of('emails').toSorted((a, b) => a.createdAt.localeCompare(b.createdAt)),
      mail => mail.properties['hs_email_thread_id'],
    );
    for (const [first, ...rest] of threads.values()) {
      expect(first?.properties['hs_email_subject']).not.toMatch(/^Re:/);
      for (const mail of rest)
        expect(mail.properties['hs_email_subject']).toContain(first?.properties['hs_email_subject']);
    }
  });
});

describe('what stands beside leads and deals', () => {
  it('is a little of everything, and plausible', () => {
    for (const type of ['tickets', 'products', 'line_items', 'goal_targets', 'forecasts']) {
      expect([type, of(type).length > 2]).toEqual([type, true]);
    }
    const contacts = new Set(of('contacts').map(({ id }) => id));
    expect(demo.enrolments?.length).toBeGreaterThan(1);
    expect(demo.enrolments?.every(({ contactId }) => contacts.has(contactId))).toBe(true);
    expect(demo.choices?.some(({ subscriptionId }) => subscriptionId === '0')).toBe(true);
    expect(demo.workflows?.map(({ isEnabled }) => isEnabled)).toEqual([true, false]);
    expect(demo.campaigns?.length).toBe(3);
    expect(demo.owners.filter(({ away }) => away)).toHaveLength(1);
  });

  it('has addresses without spaces', () => {
    const emails = [
      ...demo.owners.map(({ email }) => email),
      ...of('contacts').map(c => c.properties['email']),
    ];
    for (const email of emails) expect(email).toMatch(/^[a-z0-9.-]+@[a-z0-9.-]+$/);
  });
});

describe('every generated set', () => {
  it('refers only to what exists, tells nothing after now, and keeps histories in order', () => {
    const seeds = record({
      seed: integer({ min: 0, max: 2 ** 31 }),
      now: date({ min: new Date('2025-01-01'), max: new Date('2030-12-31'), noInvalidDate: true }),
    });
    assert(
      property(seeds, ({ seed, now }) => {
        const { records, owners } = generateDemo({ seed, now });
        const ids = new Set(records.map(record => `${record.type} ${record.id}`));
        const owner = new Set(owners.map(({ id }) => id));
        expect(ids.size).toBe(records.length);
        const mails = records
          .filter(record => record.type === 'contacts')
          .map(record => record.properties['email']);
        expect(new Set(mails).size).toBe(mails.length);
        const broken = records.filter(
          record => findFault(record, ids, owner, now.toISOString()) !== undefined,
        );
        expect(broken.map(record => findFault(record, ids, owner, now.toISOString()))).toEqual([]);
      }),
      { numRuns: 12 },
    );
  }, 120_000);
});

const MAY_LIE_AHEAD = new Set([
  'hs_end_datetime',
  'closedate',
  'hs_meeting_start_time',
  'hs_meeting_end_time',
]);

function findFault(
  record: SeedRecord,
  ids: Set<string>,
  owners: Set<string>,
  now: string,
): string | undefined {
  const at = `${record.type} ${record.id}`;
  const scheduled = record.type === 'tasks' || record.type === 'meetings';
  if (record.createdAt > now || record.updatedAt > now) return `${at} is from the future`;
  if (record.updatedAt < record.createdAt) return `${at} was updated before it was created`;
  for (const link of record.associations ?? [])
    if (!ids.has(`${link.type} ${link.id}`)) return `${at} points to missing ${link.type} ${link.id}`;
  const ownerId = record.properties['hubspot_owner_id'];
  if (ownerId !== undefined && !owners.has(ownerId)) return `${at} has an unknown owner`;
  for (const [name, value] of Object.entries(record.properties)) {
    if (typeof value !== 'string') return `${at} ${name} is not a string`;
    const ahead = MAY_LIE_AHEAD.has(name) || (scheduled && name === 'hs_timestamp');
    if (/^\d{4}-\d\d-\d\dT/.test(value) && value > now && !ahead) return `${at} ${name} lies after now`;
  }
  for (const [name, entries] of Object.entries(record.history ?? {})) {
    if (entries.at(-1)?.value !== record.properties[name]) return `${at} ${name} differs from its history`;
    if (entries.some((entry, i) => entry.at > now || (i > 0 && entry.at <= entries[i - 1]!.at)))
      return `${at} ${name} has a history out of order`;
    if (entries.some(entry => entry.at < record.createdAt))
      return `${at} ${name} has a value from before its record`;
  }
  return undefined;
}
