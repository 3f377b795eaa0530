import { html } from 'hono/html';
import type { Store } from '#lib/crm/sandbox/store/open-store.ts';
import type { StoredRecord } from '#lib/crm/sandbox/store/records.ts';
import { formatDay, formatMoment } from './format.ts';
import type { Markup } from './layout.ts';
import { ownerNames, recordPath } from './list-queries.ts';
import { readTimeline, type TimelineEntry } from './read-timeline.ts';
import { tickForm } from './task-list.ts';

const SNIPPET = 140;

function snippetOf(body: string): string {
  const line = body.replaceAll(/\s+/g, ' ').trim();
  return line.length > SNIPPET ? `${line.slice(0, SNIPPET)}…` : line;
}

function entryMarkup(
  { type, id, at, kind, title, body, from, record }: TimelineEntry,
  owners: Map<string, string>,
) {
  const who = from || (owners.get(record.properties['hubspot_owner_id'] ?? '') ?? '');
  const incoming = record.properties['hs_email_direction'] === 'INCOMING_EMAIL';
  return html`<li>
    <details class="entry ${type} ${incoming ? 'incoming' : ''}" id="${type}-${id}">
      <summary>
        <span class="dot" aria-hidden="true"></span>
        <span class="entry-head">
          <span class="kind">${kind}</span>
          <span class="who">${who}</span>
          <time datetime="${at}" title="UTC">${formatMoment(at)}</time>
        </span>
        ${title ? html`<span class="entry-title">${title}</span>` : ''}
        <span class="snippet">${snippetOf(body)}</span>
      </summary>
      <div class="entry-body">${body || 'No text.'}</div>
    </details>
  </li>`;
}

/** Everything around a record, newest first; each entry can be linked by `#{type}-{id}`. */
export function timeline(store: Store, record: StoredRecord): Markup {
  const entries = readTimeline(store, record);
  const owners = ownerNames(store);
  const list = html`<ol class="timeline">
    ${entries.map(entry => entryMarkup(entry, owners))}
  </ol>`;
  return html`<section id="timeline" class="panel" data-refresh>
    <h2>Activity <span class="count">${entries.length}</span></h2>
    ${entries.length > 0 ? list : html`<p class="empty">Nothing has happened here yet.</p>`}
  </section>`;
}

/** The record's open tasks, each with a box to tick. */
export function openTasks(store: Store, record: StoredRecord): Markup {
  const open = readTimeline(store, record)
    .filter(({ type, record: task }) => type === 'tasks' && task.properties['hs_task_status'] !== 'COMPLETED')
    .toReversed();
  const now = new Date(store.now()).toISOString();
  return html`<section id="tasks" class="panel" data-refresh>
    <h2>Open tasks <span class="count">${open.length}</span></h2>
    ${open.length === 0 ? html`<p class="empty">No open tasks.</p>` : ''}
    <ul class="tasks">
      ${open.map(
        ({ record: task, id, title, at }) =>
          html`<li>
            ${tickForm(task, `${recordPath(record)}#tasks`)}
            <a href="#tasks-${id}">${title}</a>
            <time datetime="${at}" class="${at < now ? 'late' : ''}">due ${formatDay(at)}</time>
          </li>`,
      )}
    </ul>
  </section>`;
}
