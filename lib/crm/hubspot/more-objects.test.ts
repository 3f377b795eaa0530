import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CrmRecord } from '#lib/core/record.ts';
import type { CrmObject } from '#lib/core/subject.ts';
import { startTestCrm, type TestCrm } from '../testing/test-crm.ts';
import { openHubSpotReader } from './reader.ts';

const link = (id: string, associationTypeId: number) => ({
  to: { id },
  types: [{ associationCategory: 'HUBSPOT_DEFINED', associationTypeId }],
});

describe('more of what a HubSpot account holds', () => {
  let crm: TestCrm;
  let contact: string;
  let deal: string;
  beforeAll(async () => {
    crm = await startTestCrm();
    contact = await crm.create('contacts', { email: 'a@more.io' });
    deal = await crm.create('deals', { dealname: 'D', dealstage: 'qualifiedtobuy' }, [link(contact, 3)]);
  });
  afterAll(() => crm.stop());

  const one = async (object: CrmObject, id: string): Promise<CrmRecord> => {
    const [read] = (await openHubSpotReader(crm.session).read(object, [id])).records;
    if (!read) throw new Error(`${object} ${id} was not read`);
    return CrmRecord.parse(read.record);
  };
  const all = async (object: CrmObject): Promise<CrmRecord[]> => {
    const reader = openHubSpotReader(crm.session);
    const records: CrmRecord[] = [];
    for (let after: string | null = null, more = true; more;) {
      const page = await reader.listPage(object, { after, limit: 100 });
      records.push(...page.records.map(({ record }) => CrmRecord.parse(record)));
      after = page.next;
      more = after !== null;
    }
    return records;
  };

  it('tickets with the people that they are about, and earlier stages', async () => {
    const id = await crm.create('tickets', { subject: 'Broken', hs_pipeline: '0', hs_pipeline_stage: '1' }, [
      link(contact, 16),
    ]);
    await crm.update('tickets', id, { hs_pipeline_stage: '2' });
    const ticket = await one('tickets', id);
    expect(ticket.fields['subject']).toBe('Broken');
    expect(ticket.links).toEqual([
      { to: { crm: 'hubspot', object: 'contacts', id: contact }, kind: 'plain' },
    ]);
    expect(
      ticket.history.filter(({ field }) => field === 'hs_pipeline_stage').map(({ value }) => value),
    ).toEqual(['1', '2']);
  });

  it('products, and line items of a deal', async () => {
    const product = await crm.create('products', { name: 'Tracker', price: '12.5' });
    const item = await crm.create('line_items', { hs_product_id: product, quantity: '40', price: '12.5' }, [
      link(deal, 20),
    ]);
    expect((await one('products', product)).fields).toMatchObject({ name: 'Tracker', price: '12.5' });
    const read = await one('line_items', item);
    expect(read.fields).toMatchObject({ hs_product_id: product, quantity: '40' });
    expect(read.links).toEqual([{ to: { crm: 'hubspot', object: 'deals', id: deal }, kind: 'plain' }]);
  });

  it('quotas, which HubSpot calls goals', async () => {
    const id = await crm.create('goal_targets', { hs_goal_name: 'Q4', hs_target_amount: '250000' });
    expect((await all('quotas')).map(({ ref, fields }) => [ref, fields['hs_target_amount']])).toEqual([
      [{ crm: 'hubspot', object: 'quotas', id }, '250000'],
    ]);
  });

  it('what an account has none of is an empty list', async () => {
    for (const object of [
      'forecasts',
      'teams',
      'campaigns',
      'enrolments',
      'automations',
      'memberships',
    ] as const)
      expect(await all(object)).toEqual([]);
  });

  it('exchange rates with their dates', async () => {
    await crm.call('POST', '/settings/currencies/2026-09/exchange-rates', {
      fromCurrencyCode: 'USD',
      conversionRate: 0.91,
      effectiveAt: '2026-10-01T00:00:00.000Z',
    });
    const rates = await all('currencies');
    expect(rates.map(({ fields }) => fields)).toContainEqual({
      from: 'USD',
      to: 'EUR',
      rate: '0.91',
      effectiveAt: '2026-10-01T00:00:00.000Z',
    });
  });

  it('a lead that was qualified became its deal, and one that was not did not', async () => {
    const lead = await crm.create('leads', { hs_lead_name: 'Ada' }, [link(contact, 578)]);
    const deals = async () => (await one('leads', lead)).links.filter(({ to }) => to.object === 'deals');
    expect(await deals()).toEqual([]);
    await crm.update('leads', lead, { hs_pipeline_stage: 'qualified-stage-id' });
    expect(await deals()).toEqual([{ to: { crm: 'hubspot', object: 'deals', id: deal }, kind: 'became' }]);
  });
});
