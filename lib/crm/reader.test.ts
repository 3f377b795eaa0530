import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CrmRecord } from '#lib/core/record.ts';
import type { CrmObject } from '#lib/core/subject.ts';
import { openReader, type ReadRecord } from './crm.ts';
import { startTestCrm, type TestCrm } from './testing/test-crm.ts';

const toContact = (id: string, associationTypeId: number) => ({
  to: { id },
  types: [{ associationCategory: 'HUBSPOT_DEFINED', associationTypeId }],
});

describe('reading HubSpot through its own client', () => {
  let crm: TestCrm;
  beforeAll(async () => {
    crm = await startTestCrm();
  });
  afterAll(() => crm.stop());

  const all = async (object: CrmObject, limit = 100): Promise<ReadRecord[]> => {
    const reader = openReader(crm.session);
    const records: ReadRecord[] = [];
    for (let after: string | null = null; ;) {
      const page = await reader.listPage(object, { after, limit });
      records.push(...page.records);
      if (page.next === null) return records;
      after = page.next;
    }
  };

  it('pages through all records, each once, in the words of the product', async () => {
    const ids: string[] = [];
    for (let i = 0; i < 7; i++)
      ids.push(await crm.create('companies', { name: `Firm ${i}`, domain: `f${i}.io` }));
    const found = await all('companies', 3);
    expect(found.map(({ record }) => record.ref.id)).toEqual(ids);
    for (const { record } of found) CrmRecord.parse(record);
    expect(found[0]?.record).toMatchObject({
      ref: { crm: 'hubspot', object: 'companies' },
      archived: false,
      fields: { name: 'Firm 0', domain: 'f0.io', industry: null },
      links: [],
    });
    expect(found[0]?.record.fields).not.toHaveProperty('hs_lastmodifieddate');
  });

  it('reads earlier values, and links with their kind', async () => {
    const company = await crm.create('companies', { name: 'Linked' });
    const contact = await crm.create('contacts', { email: 'a@linked.io', lifecyclestage: 'lead' }, [
      toContact(company, 1),
    ]);
    await crm.update('contacts', contact, { lifecyclestage: 'customer' });
    const deal = await crm.create('deals', { dealname: 'D', dealstage: 'qualifiedtobuy' }, [
      toContact(contact, 3),
    ]);
    const reader = openReader(crm.session);
    const [read] = (await reader.read('contacts', [contact])).records;
    expect(read?.record.history).toMatchObject([
      { field: 'lifecyclestage', value: 'lead', source: expect.stringContaining('INTEGRATION') },
      { field: 'lifecyclestage', value: 'customer' },
    ]);
    expect(read?.record.links).toEqual([
      { to: { crm: 'hubspot', object: 'companies', id: company }, kind: 'primary' },
    ]);
    const [readDeal] = (await reader.read('deals', [deal])).records;
    expect(readDeal?.record.links).toEqual([
      { to: { crm: 'hubspot', object: 'contacts', id: contact }, kind: 'plain' },
    ]);
  });

  it('reads the same version twice, and another one after a change', async () => {
    const id = await crm.create('contacts', { email: 'v@versions.io' });
    const version = async () =>
      (await openReader(crm.session).read('contacts', [id])).records[0]?.record.version;
    const first = await version();
    expect(await version()).toBe(first);
    await crm.update('contacts', id, { firstname: 'Vera' });
    expect(await version()).not.toBe(first);
  });

  it('answers with archived records as archived, and names those that are gone', async () => {
    const id = await crm.create('notes', { hs_timestamp: '2026-01-05T10:00:00Z', hs_note_body: 'x' });
    await crm.remove('notes', id);
    const { records, missing } = await openReader(crm.session).read('notes', [id, '123456']);
    expect(records).toMatchObject([
      { record: { ref: { id }, archived: true, fields: { hs_note_body: 'x' } } },
    ]);
    expect(missing).toEqual(['123456']);
  });

  it('finds what was modified since a time, beyond one page', async () => {
    const before = new Date(Date.now() - 3_600_000).toISOString();
    const ids = new Set<string>();
    for (let i = 0; i < 103; i++)
      ids.add(
        await crm.create('calls', { hs_timestamp: '2026-01-05T10:00:00Z', hs_call_title: `Call ${i}` }),
      );
    const reader = openReader(crm.session);
    const first = await reader.modifiedSince('calls', before, null);
    expect(first.next).not.toBeNull();
    const second = await reader.modifiedSince('calls', before, first.next);
    expect(second.next).toBeNull();
    const found = [...first.records, ...second.records].map(({ record }) => record.ref.id);
    expect(new Set(found)).toEqual(ids);
    expect(found).toHaveLength(103);
    const later = new Date(Date.now() + 3_600_000).toISOString();
    expect((await reader.modifiedSince('calls', later, null)).records).toEqual([]);
  });

  it('reads pipelines and property definitions as records', async () => {
    const [pipeline] = await all('pipelines');
    CrmRecord.parse(pipeline?.record);
    expect(JSON.parse(pipeline?.record.fields['stages'] ?? '')).toContainEqual(
      expect.objectContaining({ id: 'closedwon', probability: 1, isClosed: true }),
    );
    const properties = await all('properties');
    const byId = new Map(properties.map(({ record }) => [record.ref.id, record.fields]));
    expect(byId.get('contacts.email')).toMatchObject({
      object: 'contacts',
      type: 'string',
      hasUniqueValue: 'true',
    });
    expect(byId.has('deals.dealstage')).toBe(true);
    expect(byId.has('companies.domain')).toBe(true);
    const { records, missing } = await openReader(crm.session).read('properties', [
      'contacts.email',
      'no.such',
    ]);
    expect(records).toHaveLength(1);
    expect(missing).toEqual(['no.such']);
    expect(await all('owners')).toEqual([]);
  });
});
