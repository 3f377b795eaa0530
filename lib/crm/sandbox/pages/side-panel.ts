import { html } from 'hono/html';
import { listAssociated } from '#lib/crm/sandbox/store/associations.ts';
import type { Store } from '#lib/crm/sandbox/store/open-store.ts';
import { findStage } from '#lib/crm/sandbox/store/pipelines.ts';
import { loadRecord, type StoredRecord } from '#lib/crm/sandbox/store/records.ts';
import { formatDay, formatMoney, nameOf } from './format.ts';
import type { Markup } from './layout.ts';
import { recordPath } from './list-queries.ts';

const SHOWN = 12;

function caption(store: Store, { type, properties: p }: StoredRecord): string {
  if (type === 'contacts') return [p['jobtitle'], p['email']].filter(Boolean).join(' · ');
  if (type === 'companies') return [p['domain'], p['city']].filter(Boolean).join(' · ');
  const stage = findStage(store, 'deals', p['dealstage'] ?? '')?.stage.label;
  const close = p['closedate'] ? `closes ${formatDay(p['closedate'])}` : undefined;
  return [formatMoney(p['amount'], p['deal_currency_code']), stage, close].filter(Boolean).join(' · ');
}

/** The contacts, companies and deals linked with the record. */
export function associatedPanels(store: Store, record: StoredRecord): Markup[] {
  const titles = { companies: 'Companies', contacts: 'Contacts', deals: 'Deals' } as const;
  return (['companies', 'contacts', 'deals'] as const).flatMap(type => {
    const linked = listAssociated(store, record, type);
    if (linked.length === 0) return [];
    const shown = linked.slice(0, SHOWN).flatMap(({ id }) => loadRecord(store, type, id) ?? []);
    return [
      html`<section class="panel" id="linked-${type}">
        <h2>${titles[type]} <span class="count">${linked.length}</span></h2>
        <ul class="linked">
          ${shown.map(
            other =>
              html`<li>
                <a href="${recordPath(other)}">${nameOf(other)}</a><span>${caption(store, other)}</span>
              </li>`,
          )}
        </ul>
        ${linked.length > SHOWN ? html`<p class="empty">and ${linked.length - SHOWN} more</p>` : ''}
      </section>`,
    ];
  });
}

/** The product's card about this record, framed as a CRM frames it. */
export function cardPanel(cardUrl: string, record: StoredRecord): Markup {
  return html`<section class="panel card">
    <iframe
      id="sidecard"
      title="Sidecard"
      src="${cardUrl}/card/hubspot/${record.type}/${record.id}"
      sandbox="allow-scripts allow-same-origin allow-forms allow-downloads allow-modals allow-popups allow-popups-to-escape-sandbox allow-top-navigation-by-user-activation"
    ></iframe>
  </section>`;
}
