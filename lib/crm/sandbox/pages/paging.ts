import { html } from 'hono/html';
import type { Markup } from './layout.ts';

export const ROWS = 25;

/** Which page a query asks for, from 1 on. */
export function readPageNumber(raw: string | undefined): number {
  return raw !== undefined && /^[1-9]\d{0,4}$/.test(raw) ? Number(raw) : 1;
}

/** "26–50 of 312" with links to the pages before and after; `query` is kept in the links. */
export function pager(page: number, total: number, query: Record<string, string>): Markup {
  const link = (to: number, label: string) =>
    html`<a href="?${new URLSearchParams({ ...query, page: String(to) }).toString()}">${label}</a>`;
  const last = Math.max(1, Math.ceil(total / ROWS));
  const from = total === 0 ? 0 : (page - 1) * ROWS + 1;
  return html`<nav class="pager" aria-label="Pages">
    <span>${from}–${Math.min(page * ROWS, total)} of ${total}</span>
    ${page > 1 ? link(page - 1, 'Previous') : ''} ${page < last ? link(page + 1, 'Next') : ''}
  </nav>`;
}
