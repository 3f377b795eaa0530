import { html } from 'hono/html';
import { layout, type Markup, type Section } from './layout.ts';
import { pager } from './paging.ts';

/** What a list page shows: filters beside the search field, column heads, and a row of cells for each record. */
export type ListPage = {
  section: Section;
  title: string;
  hint: string;
  query: string;
  page: number;
  total: number;
  filters?: Markup | string;
  keep?: Record<string, string>;
  columns: string[];
  rows: (Markup | string)[][];
};

/** A searchable, paged table. */
export function listPage({
  section,
  title,
  hint,
  query,
  page,
  total,
  filters = '',
  keep = {},
  columns,
  rows,
}: ListPage) {
  const table = html`<div class="table-wrap">
    <table>
      <thead>
        <tr>
          ${columns.map(column => html`<th scope="col">${column}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          cells =>
            html`<tr>
              ${cells.map((cell, i) => html`<td data-label="${columns[i] ?? ''}">${cell}</td>`)}
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
  const nothing = query ? `Nothing matches “${query}”.` : `There are no ${title.toLowerCase()} here yet.`;
  return layout({
    title,
    section,
    body: html`<section class="sheet">
      <div class="list-head">
        <h1>${title} <span class="count">${total.toLocaleString('en-US')}</span></h1>
        <form class="search" method="get" role="search">
          ${filters}
          <input type="search" name="q" value="${query}" placeholder="${hint}" aria-label="${hint}" />
          <button>Search</button>
        </form>
      </div>
      ${rows.length > 0 ? table : html`<p class="empty">${nothing}</p>`}
      ${pager(page, total, { ...keep, ...(query ? { q: query } : {}) })}
    </section>`,
  });
}

/** The cell that leads to a record: its badge and name. */
export function nameCell(path: string, name: string, initials: string): Markup {
  return html`<a class="record-link" href="${path}"
    ><span class="badge" aria-hidden="true">${initials}</span><span>${name}</span></a
  >`;
}
