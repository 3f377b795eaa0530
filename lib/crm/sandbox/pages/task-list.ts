import { html } from 'hono/html';
import { OBJECT_TYPES } from '#lib/crm/sandbox/model/object-types.ts';
import { listAssociated } from '#lib/crm/sandbox/store/associations.ts';
import type { Store } from '#lib/crm/sandbox/store/open-store.ts';
import { loadRecord, type StoredRecord } from '#lib/crm/sandbox/store/records.ts';
import { formatDay, nameOf } from './format.ts';
import type { Markup } from './layout.ts';
import { listPage } from './list-page.ts';
import { listRecords, ownerNames, recordPath } from './list-queries.ts';

/** The form that ticks a task as done, and then returns to `back`. */
export function tickForm(task: StoredRecord, back: string): Markup {
  const done = task.properties['hs_task_status'] === 'COMPLETED';
  const label = done ? 'Reopen this task' : 'Mark as done';
  return html`<form class="tick" method="post" action="/tasks/${task.id}/status">
    <input type="hidden" name="back" value="${back}" />
    <input type="hidden" name="status" value="${done ? 'NOT_STARTED' : 'COMPLETED'}" />
    <button class="${done ? 'done' : ''}" title="${label}" aria-label="${label}: ${nameOf(task)}"></button>
  </form>`;
}

function about(store: Store, task: StoredRecord): Markup[] {
  return (['contacts', 'deals', 'companies'] as const).flatMap(type =>
    listAssociated(store, task, type, { limit: 1 }).flatMap(({ id }) => {
      const record = loadRecord(store, type, id);
      const kind = OBJECT_TYPES[type].singular;
      return record ? [html`<a href="${recordPath(record)}" title="${kind}">${nameOf(record)}</a>`] : [];
    }),
  );
}

/** Open tasks by due date, or the ones done, last first. */
export function taskList(
  store: Store,
  { query, page, done }: { query: string; page: number; done: boolean },
): Markup {
  const status = `coalesce(json_extract(r.properties, '$.hs_task_status'), '')`;
  const also = { sql: `${status} ${done ? '=' : '<>'} 'COMPLETED'`, values: [] };
  const order = `json_extract(r.properties, '$.hs_timestamp') ${done ? 'DESC' : 'ASC'}`;
  const { total, records } = listRecords(store, 'tasks', { query, page, also, order });
  const owners = ownerNames(store);
  const now = new Date(store.now()).toISOString();
  const option = (value: string, label: string, chosen: boolean) =>
    html`<option value="${value}" ${chosen ? html`selected` : ''}>${label}</option>`;
  return listPage({
    section: 'tasks',
    title: done ? 'Tasks done' : 'Open tasks',
    hint: 'Task title or text',
    query,
    page,
    total,
    filters: html`<select name="show" aria-label="Which tasks">
      ${option('open', 'Open', !done)} ${option('done', 'Done', done)}
    </select>`,
    keep: done ? { show: 'done' } : {},
    columns: ['Task', 'About', 'Due', 'Priority', 'Assigned to'],
    rows: records.map(record => {
      const {
        hs_timestamp: due = '',
        hs_task_priority: priority = '',
        hubspot_owner_id: owner,
      } = record.properties;
      const late = !done && due < now;
      return [
        html`<div class="task-cell">
          ${tickForm(record, done ? '/tasks?show=done' : '/tasks')}<span>${nameOf(record)}</span>
        </div>`,
        html`<div class="about">${about(store, record)}</div>`,
        html`<span class="${late ? 'late' : ''}">${formatDay(due)}</span>`,
        priority === 'NONE' ? '' : priority.charAt(0) + priority.slice(1).toLowerCase(),
        owners.get(owner ?? '') ?? '',
      ];
    }),
  });
}
