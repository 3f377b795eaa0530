import { html } from 'hono/html';
import { OBJECT_TYPES } from '#lib/crm/sandbox/model/object-types.ts';
import type { PropertyDefinition } from '#lib/crm/sandbox/model/property.ts';
import { choicesOf } from '#lib/crm/sandbox/records/parse-value.ts';
import type { Store } from '#lib/crm/sandbox/store/open-store.ts';
import { listOwners } from '#lib/crm/sandbox/store/owners.ts';
import { propertiesOf } from '#lib/crm/sandbox/store/properties.ts';
import type { StoredRecord } from '#lib/crm/sandbox/store/records.ts';
import { formatDay, formatMoment, formatMoney } from './format.ts';
import type { Markup } from './layout.ts';
import { recordPath } from './list-queries.ts';

/** Properties always shown, filled or not, in this order. */
const KEY_PROPERTIES: Partial<Record<StoredRecord['type'], string[]>> = {
  contacts: (
    'email phone jobtitle company lifecyclestage hs_lead_status hubspot_owner_id ' +
    'city country hs_timezone hs_language'
  ).split(' '),
  companies: 'domain industry numberofemployees annualrevenue hubspot_owner_id phone city country'.split(' '),
  deals:
    'amount deal_currency_code dealstage closedate hubspot_owner_id pipeline dealtype hs_next_step'.split(
      ' ',
    ),
};

function choices(store: Store, property: PropertyDefinition): { value: string; label: string }[] {
  if (property.choices !== 'owners') return choicesOf(store, property);
  return listOwners(store).map(({ id, firstName, lastName }) => ({
    value: id,
    label: `${firstName} ${lastName}`,
  }));
}

function display(store: Store, property: PropertyDefinition, { properties }: StoredRecord): string {
  const value = properties[property.name] ?? '';
  if (value === '') return '';
  if (property.name === 'amount') return formatMoney(value, properties['deal_currency_code']);
  if (property.name === 'annualrevenue' && property.type === 'number') return formatMoney(value);
  if (property.name === 'closedate' || property.type === 'date') return formatDay(value);
  if (property.type === 'datetime') return formatMoment(value);
  if (property.type !== 'enumeration' && property.type !== 'bool') return value;
  const labels = new Map(choices(store, property).map(option => [option.value, option.label]));
  const values = property.fieldType === 'checkbox' ? value.split(';') : [value];
  return values.map(one => labels.get(one) ?? one).join(', ');
}

function field(store: Store, property: PropertyDefinition, value: string): Markup {
  const { name, label, type, fieldType } = property;
  const isChoice = (type === 'enumeration' || type === 'bool') && fieldType !== 'checkbox';
  if (isChoice) {
    return html`<select name="value" aria-label="${label}">
      <option value=""></option>
      ${choices(store, property).map(
        option =>
          html`<option value="${option.value}" ${option.value === value ? html`selected` : ''}>
            ${option.label}
          </option>`,
      )}
    </select>`;
  }
  if (fieldType === 'textarea')
    return html`<textarea name="value" rows="3" aria-label="${label}">${value}</textarea>`;
  const inputType = type === 'date' || name === 'closedate' ? 'date' : 'text';
  const shown = inputType === 'date' ? value.slice(0, 10) : value;
  return html`<input type="${inputType}" name="value" value="${shown}" aria-label="${label}" />`;
}

function row(store: Store, record: StoredRecord, property: PropertyDefinition): Markup {
  const shown = display(store, property, record);
  const value = shown || html`<span class="unset">–</span>`;
  if (property.readOnly) {
    return html`<div class="property">
      <span class="label">${property.label}</span><span class="value">${value}</span>
    </div>`;
  }
  return html`<details class="property" name="property">
    <summary><span class="label">${property.label}</span><span class="value">${value}</span></summary>
    <form method="post" action="${recordPath(record)}/properties">
      <input type="hidden" name="name" value="${property.name}" />
      ${field(store, property, record.properties[property.name] ?? '')}
      <button>Save</button>
    </form>
  </details>`;
}

/** The record's properties; each opens into a small form that changes it. */
export function propertyPanel(store: Store, record: StoredRecord): Markup {
  const known = propertiesOf(store, record.type);
  const keys = (KEY_PROPERTIES[record.type] ?? []).flatMap(name => known.get(name) ?? []);
  const hidden = new Set(['hs_object_id', OBJECT_TYPES[record.type].modified]);
  const rest = [...known.values()].filter(property => !keys.includes(property) && !hidden.has(property.name));
  const filled = rest.filter(({ name }) => record.properties[name] !== undefined);
  const empty = rest.filter(({ name, readOnly }) => record.properties[name] === undefined && !readOnly);
  const rows = (list: PropertyDefinition[]) => list.map(property => row(store, record, property));
  return html`<section id="properties" class="panel" data-refresh>
    <h2>About</h2>
    ${rows(keys)}
    <details class="more" id="more-properties">
      <summary>More with a value <span class="count">${filled.length}</span></summary>
      ${rows(filled)}
    </details>
    <details class="more" id="empty-properties">
      <summary>Without a value <span class="count">${empty.length}</span></summary>
      ${rows(empty)}
    </details>
  </section>`;
}
