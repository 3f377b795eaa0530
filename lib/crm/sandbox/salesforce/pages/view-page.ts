import { html } from 'hono/html';
import { formatDay, formatMoment } from '#lib/crm/sandbox/pages/format.ts';
import { layout, type Markup, type Navigation } from '#lib/crm/sandbox/pages/layout.ts';
import type { Field } from '../model/field.ts';
import type { SObject } from '../model/sobject.ts';
import type { Org } from '../org.ts';
import { loadRow, rowsOf, rowsPointingAt, type Row, type Value } from '../store/rows.ts';

/** Which of the product's cards a record shows. */
const CARDS: Record<string, string> = {
  Lead: 'leads',
  Contact: 'contacts',
  Opportunity: 'deals',
  Account: 'companies',
};
const LISTED = 200;
const NAVIGATION: Navigation = [
  ['Lead', 'Leads'],
  ['Contact', 'Contacts'],
  ['Account', 'Accounts'],
  ['Opportunity', 'Opportunities'],
  ['Task', 'Tasks'],
].map(([name, text]) => [`/lightning/o/${name}/list`, text ?? ''] as const);

const pathOf = (row: Row) => `/lightning/r/${row.type}/${row.id}/view`;
const titleOf = ({ fields, id }: Row) => String(fields['Name'] ?? fields['Subject'] ?? fields['Title'] ?? id);

function shown(org: Org, field: Field, value: Value): Markup | string {
  if (value === null) return '–';
  if (field.type === 'date') return formatDay(String(value));
  if (field.type === 'datetime') return formatMoment(String(value));
  if (field.type !== 'reference') return String(value);
  const target = loadRow(org.store, String(value));
  return target ? html`<a href="${pathOf(target)}">${titleOf(target)}</a>` : String(value);
}

function property(org: Org, row: Row, field: Field): Markup {
  const value = row.fields[field.name] ?? null;
  const head = html`<span class="label">${field.label}</span>
    <span class="value">${shown(org, field, value)}</span>`;
  if (!field.updateable) return html`<div class="property">${head}</div>`;
  return html`<details class="property" name="property">
    <summary>${head}</summary>
    <form method="post" action="${pathOf(row)}">
      <input type="hidden" name="name" value="${field.name}" />
      <input
        type="text"
        name="value"
        value="${value === null ? '' : String(value)}"
        aria-label="${field.label}"
      />
      <button>Save</button>
    </form>
  </details>`;
}

/** Tasks, events and e-mails about a record, newest first. */
function activitiesOf(org: Org, { id }: Row): Row[] {
  const lists = [
    ['Task', 'WhoId'],
    ['Task', 'WhatId'],
    ['Event', 'WhoId'],
    ['Event', 'WhatId'],
    ['EmailMessage', 'RelatedToId'],
  ] as const;
  const found = new Map(
    lists.flatMap(([type, field]) => rowsPointingAt(org.store, type, field, id)).map(row => [row.id, row]),
  );
  return [...found.values()].toSorted((a, b) =>
    String(b.fields['CreatedDate']).localeCompare(String(a.fields['CreatedDate'])),
  );
}

function entry(row: Row): Markup {
  const text = row.fields['Description'] ?? row.fields['TextBody'] ?? 'No text.';
  return html`<li>
    <details class="entry" id="${row.id}">
      <summary>
        <span class="dot" aria-hidden="true"></span>
        <span class="entry-head"
          ><span class="kind">${row.type}</span> ${formatMoment(String(row.fields['CreatedDate']))}</span
        >
        <span class="entry-title">${titleOf(row)}</span>
      </summary>
      <div class="entry-body">${String(text)}</div>
    </details>
  </li>`;
}

function card(cardUrl: string, { type, id }: Row): Markup | '' {
  const object = CARDS[type];
  if (!object) return '';
  return html`<section class="panel card">
    <iframe
      id="sidecard"
      title="Sidecard"
      src="${cardUrl}/card/salesforce/${object}/${id}"
      sandbox="allow-scripts allow-same-origin allow-forms allow-downloads allow-modals allow-popups allow-popups-to-escape-sandbox allow-top-navigation-by-user-activation"
    ></iframe>
  </section>`;
}

function convertForm(row: Row): Markup | '' {
  if (row.type !== 'Lead' || row.fields['IsConverted'] === true) return '';
  return html`<form class="panel" method="post" action="${pathOf(row)}">
    <button name="action" value="convert">Convert this lead</button>
  </form>`;
}

/** A record as its user sees it: fields left, activities in the middle, the product's card right. */
export function viewPage(org: Org, object: SObject, row: Row, cardUrl: string): Markup {
  const activities = activitiesOf(org, row);
  const isFilled = ({ name }: Field) => (row.fields[name] ?? null) !== null;
  const own = object.fields.filter(({ name }) => !['Id', 'IsDeleted', 'Name'].includes(name));
  const rows = (fields: Field[]) => fields.map(field => property(org, row, field));
  return layout({
    title: titleOf(row),
    section: undefined,
    navigation: NAVIGATION,
    body: html`<div class="record">
      <div class="left">
        <section class="panel identity">
          <h1>${titleOf(row)}</h1>
          <p><a href="/lightning/o/${object.name}/list">${object.label}</a></p>
        </section>
        <section id="properties" class="panel" data-refresh>
          <h2>Details</h2>
          ${rows(own.filter(isFilled))}
          <details class="more" id="empty-properties">
            <summary>Without a value</summary>
            ${rows(own.filter(field => !isFilled(field)))}
          </details>
        </section>
      </div>
      <div class="centre">
        ${convertForm(row)}
        <section id="timeline" class="panel" data-refresh>
          <h2>Activity <span class="count">${activities.length}</span></h2>
          <ol class="timeline">
            ${activities.map(entry)}
          </ol>
        </section>
      </div>
      <div class="right">${card(cardUrl, row)}</div>
    </div>`,
  });
}

/** The newest records of an object, to find one's way. */
export function listView(org: Org, object: SObject): Markup {
  const rows = rowsOf(org.store, object.name).slice(-LISTED).toReversed();
  const objects = ['Lead', 'Contact', 'Account', 'Opportunity', 'Task', 'Event', 'Case', 'Campaign'];
  return layout({
    title: object.labelPlural,
    section: undefined,
    navigation: NAVIGATION,
    body: html`<section class="sheet">
      <h1>${object.labelPlural}</h1>
      <p>
        ${objects.map(name => html`<a href="/lightning/o/${name}/list">${org.schema.find(name)!.labelPlural}</a> `)}
      </p>
      <ul class="linked">
        ${rows.map(row => html`<li><a href="${pathOf(row)}">${titleOf(row)}</a></li>`)}
      </ul>
    </section>`,
  });
}
