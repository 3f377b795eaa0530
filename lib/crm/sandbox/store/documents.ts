import type { Store } from './open-store.ts';

/** What the account keeps beside CRM records, by kind; the body of each is one JSON object. */
export type DocumentKind =
  | 'oauth-app'
  | 'validation-rule'
  | 'campaign'
  | 'sequence'
  | 'enrolment'
  | 'workflow'
  | 'subscription'
  | 'subscription-status'
  | 'exchange-rate';

/** Documents of a kind in order of id, after `after`; ids are compared as texts. */
export function listDocuments<T>(
  store: Store,
  kind: DocumentKind,
  page: { after?: string; limit?: number } = {},
): T[] {
  const { after = '', limit = -1 } = page;
  return store
    .all('SELECT body FROM document WHERE kind = ? AND id > ? ORDER BY id LIMIT ?', kind, after, limit)
    .map(row => JSON.parse(String(row['body'])) as T);
}

export function findDocument<T>(store: Store, kind: DocumentKind, id: string): T | undefined {
  const row = store.get('SELECT body FROM document WHERE kind = ? AND id = ?', kind, id);
  return row && (JSON.parse(String(row['body'])) as T);
}

/** Adds or replaces a document. */
export function saveDocument(store: Store, kind: DocumentKind, id: string, body: object): void {
  store.run('INSERT OR REPLACE INTO document VALUES (?, ?, ?)', kind, id, JSON.stringify(body));
}

/** Removes one document, or all of a kind; returns how many there were. */
export function removeDocuments(store: Store, kind: DocumentKind, id?: string): number {
  return store.run('DELETE FROM document WHERE kind = ?1 AND (?2 IS NULL OR id = ?2)', kind, id ?? null);
}
