import { html } from 'hono/html';
import type { PropertyDefinition } from '#lib/crm/sandbox/model/property.ts';
import type { Store } from '#lib/crm/sandbox/store/open-store.ts';
import { listPipelines, findStage } from '#lib/crm/sandbox/store/pipelines.ts';
import { propertiesOf } from '#lib/crm/sandbox/store/properties.ts';
import { formatDay, formatMoney, initialsOf, nameOf } from './format.ts';
import type { Markup } from './layout.ts';
import { listPage, nameCell } from './list-page.ts';
import { firstAssociated, lastActivities, listRecords, ownerNames, recordPath } from './list-queries.ts';

export type ListQuery = { query: string; page: number; stage: string };

function labelOf(property: PropertyDefinition | undefined, value: string | undefined): string {
  return property?.options.find(option => option.value === value)?.label ?? value ?? '';
}

const chip = (text: string): Markup | string => (text ? html`<span class="chip">${text}</span>` : '');

/** The list of contacts, most recently changed first. */
export function contactList(store: Store, { query, page }: ListQuery): Markup {
  const { total, records } = listRecords(store, 'contacts', { query, page, order: 'r.updated_at DESC' });
  const ids = records.map(({ id }) => id);
  const companies = firstAssociated(store, 'contacts', ids, 'companies');
  const activities = lastActivities(store, 'contacts', ids);
  const owners = ownerNames(store);
  const lifecycle = propertiesOf(store, 'contacts').get('lifecyclestage');
  return listPage({
    section: 'contacts',
    title: 'Contacts',
    hint: 'Name, e-mail or company',
    query,
    page,
    total,
    columns: ['Name', 'Company', 'Lifecycle stage', 'Owner', 'Last activity'],
    rows: records.map(record => {
      const company = companies.get(record.id);
      const { company: companyName = '', lifecyclestage, hubspot_owner_id: owner = '' } = record.properties;
      return [
        nameCell(recordPath(record), nameOf(record), initialsOf(nameOf(record))),
        company ? html`<a href="${recordPath(company)}">${nameOf(company)}</a>` : companyName,
        chip(labelOf(lifecycle, lifecyclestage)),
        owners.get(owner) ?? '',
        formatDay(activities.get(record.id)),
      ];
    }),
  });
}

/** The list of companies by name. */
export function companyList(store: Store, { query, page }: ListQuery): Markup {
  const order = `json_extract(r.properties, '$.name') COLLATE NOCASE`;
  const { total, records } = listRecords(store, 'companies', { query, page, order });
  const activities = lastActivities(
    store,
    'companies',
    records.map(({ id }) => id),
  );
  const owners = ownerNames(store);
  const industry = propertiesOf(store, 'companies').get('industry');
  return listPage({
    section: 'companies',
    title: 'Companies',
    hint: 'Name or domain',
    query,
    page,
    total,
    columns: ['Name', 'Industry', 'City', 'Employees', 'Owner', 'Last activity'],
    rows: records.map(record => {
      const p = record.properties;
      return [
        nameCell(recordPath(record), nameOf(record), initialsOf(nameOf(record))),
        labelOf(industry, p['industry']),
        [p['city'], p['country']].filter(Boolean).join(', '),
        p['numberofemployees'] ? Number(p['numberofemployees']).toLocaleString('en-US') : '',
        owners.get(p['hubspot_owner_id'] ?? '') ?? '',
        formatDay(activities.get(record.id)),
      ];
    }),
  });
}

function stageFilter(store: Store, chosen: string): Markup {
  const stages = listPipelines(store, 'deals').flatMap(pipeline => pipeline.stages);
  return html`<select name="stage" aria-label="Deal stage">
    <option value="">All stages</option>
    ${stages.map(
      ({ id, label }) => html`<option value="${id}" ${id === chosen ? html`selected` : ''}>${label}</option>`,
    )}
  </select>`;
}

function stageChip(store: Store, stageId: string): Markup | string {
  const stage = findStage(store, 'deals', stageId)?.stage;
  if (!stage) return '';
  const tone = stage.isClosed ? (Number(stage.probability) === 1 ? 'won' : 'lost') : 'open';
  return html`<span class="chip ${tone}">${stage.label}</span>`;
}

/** The list of deals, the next to close first among the open ones; a stage may be chosen. */
export function dealList(store: Store, { query, page, stage }: ListQuery): Markup {
  const also = stage
    ? { sql: `json_extract(r.properties, '$.dealstage') = ?`, values: [stage] }
    : { sql: '1', values: [] };
  const [closed, close] = [
    `json_extract(r.properties, '$.hs_is_closed') = 'true'`,
    `json_extract(r.properties, '$.closedate')`,
  ];
  const order = `${closed}, iif(${closed}, NULL, ${close}), ${close} DESC`;
  const { total, records } = listRecords(store, 'deals', { query, page, also, order });
  const companies = firstAssociated(
    store,
    'deals',
    records.map(({ id }) => id),
    'companies',
  );
  const owners = ownerNames(store);
  return listPage({
    section: 'deals',
    title: 'Deals',
    hint: 'Deal name',
    query,
    page,
    total,
    filters: stageFilter(store, stage),
    keep: stage ? { stage } : {},
    columns: ['Deal', 'Company', 'Stage', 'Amount', 'Close date', 'Owner'],
    rows: records.map(record => {
      const { amount, deal_currency_code: currency, closedate, dealstage = '' } = record.properties;
      const company = companies.get(record.id);
      return [
        nameCell(recordPath(record), nameOf(record), initialsOf(nameOf(record))),
        company ? html`<a href="${recordPath(company)}">${nameOf(company)}</a>` : '',
        stageChip(store, dealstage),
        html`<span class="number">${formatMoney(amount, currency)}</span>`,
        formatDay(closedate),
        owners.get(record.properties['hubspot_owner_id'] ?? '') ?? '',
      ];
    }),
  });
}
