import { html } from 'hono/html';
import type { Store } from '#lib/crm/sandbox/store/open-store.ts';
import { findStage } from '#lib/crm/sandbox/store/pipelines.ts';
import type { StoredRecord } from '#lib/crm/sandbox/store/records.ts';
import { formatMoney, initialsOf, nameOf } from './format.ts';
import { layout, type Markup, type Section } from './layout.ts';
import { recordPath } from './list-queries.ts';
import { propertyPanel } from './property-panel.ts';
import { associatedPanels, cardPanel } from './side-panel.ts';
import { openTasks, timeline } from './timeline.ts';

function subtitle(store: Store, { type, properties: p }: StoredRecord): string {
  if (type === 'contacts') return [p['jobtitle'], p['company']].filter(Boolean).join(' at ');
  if (type === 'companies') return [p['domain'], p['city'], p['country']].filter(Boolean).join(' · ');
  const stage = findStage(store, 'deals', p['dealstage'] ?? '')?.stage.label;
  return [formatMoney(p['amount'], p['deal_currency_code']), stage].filter(Boolean).join(' · ');
}

function replyForm(record: StoredRecord): Markup {
  return html`<details class="panel reply" id="log-reply">
    <summary>Log a reply from ${nameOf(record)}</summary>
    <form method="post" action="${recordPath(record)}/reply">
      <label>Subject <input name="subject" required maxlength="200" /></label>
      <label>Text <textarea name="text" rows="5" required></textarea></label>
      <button>Add to the record</button>
    </form>
  </details>`;
}

/** A contact, company or deal: properties left, what happened in the middle, links and the card right. */
export function recordPage(store: Store, record: StoredRecord, cardUrl: string): Markup {
  const name = nameOf(record);
  return layout({
    title: name,
    section: record.type as Section,
    body: html`<div class="record">
      <div class="left">
        <section class="panel identity">
          <span class="badge large" aria-hidden="true">${initialsOf(name)}</span>
          <h1>${name}</h1>
          <p>${subtitle(store, record)}</p>
        </section>
        ${propertyPanel(store, record)}
      </div>
      <div class="centre">
        ${record.type === 'contacts' ? replyForm(record) : ''} ${openTasks(store, record)}
        ${timeline(store, record)}
      </div>
      <div class="right">${cardPanel(cardUrl, record)} ${associatedPanels(store, record)}</div>
    </div>`,
  });
}
