import { OBJECT_TYPES } from '#lib/crm/sandbox/model/object-types.ts';
import { defaultPipeline } from '#lib/crm/sandbox/model/default-pipelines.ts';
import { listDocuments, saveDocument } from './documents.ts';
import type { Store } from './open-store.ts';
import { listPipelines, savePipeline } from './pipelines.ts';

/** The one account's number, the same in every sandbox. */
export const PORTAL_ID = 48_213_907;

/** The currency of the account; exchange rates lead to it. */
export const COMPANY_CURRENCY = 'EUR';

/** The access token that is always valid. */
const SANDBOX_TOKEN = 'sandbox';

const FIRST_ID = 90_100_000_001;

export function readSetting(store: Store, name: string): string | undefined {
  return store.get('SELECT value FROM setting WHERE name = ?', name)?.['value']?.toString();
}

export function writeSetting(store: Store, name: string, value: string): void {
  store.run(
    'INSERT INTO setting VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value',
    name,
    value,
  );
}

/** An id for a new record of any type, never given before. */
export function nextRecordId(store: Store): number {
  const next = Number(readSetting(store, 'next-record-id') ?? FIRST_ID);
  writeSetting(store, 'next-record-id', String(next + 1));
  return next;
}

/** Keeps ids that were chosen elsewhere (seeds) from being given out again. */
export function reserveRecordIds(store: Store, highest: number): void {
  const next = Number(readSetting(store, 'next-record-id') ?? FIRST_ID);
  if (highest >= next) writeSetting(store, 'next-record-id', String(highest + 1));
}

export function allowToken(store: Store, token: string): void {
  store.run('INSERT OR IGNORE INTO token VALUES (?)', token);
}

export function isTokenAllowed(store: Store, token: string): boolean {
  return store.get('SELECT 1 FROM token WHERE token = ?', token) !== undefined;
}

/** The kinds of e-mail that a fresh account tells apart. */
const SUBSCRIPTIONS = [
  ['410001', 'One to One', 'Personal e-mails of our sales team', 'Sales'],
  ['410002', 'Marketing Information', 'Offers, events and product news', 'Marketing'],
] as const;

function prepareSubscriptions(store: Store): void {
  if (listDocuments(store, 'subscription').length > 0) return;
  const createdAt = new Date(store.now()).toISOString();
  for (const [id, name, description, purpose] of SUBSCRIPTIONS) {
    saveDocument(store, 'subscription', id, { id, name, description, purpose, isDefault: true, createdAt });
  }
}

/** Gives a fresh store its token, pipelines and kinds of e-mail; on a used one it changes nothing. */
export function prepareAccount(store: Store): void {
  store.transact(() => {
    allowToken(store, SANDBOX_TOKEN);
    prepareSubscriptions(store);
    for (const object of ['deals', 'tickets', 'leads'] as const) {
      if (listPipelines(store, object).length > 0) continue;
      savePipeline(store, object, defaultPipeline(object, new Date(store.now()).toISOString()));
    }
  });
}

/** True while the account has no record of any type; its users do not count. */
export function isEmpty(store: Store): boolean {
  return Object.keys(OBJECT_TYPES).every(
    type => type === 'users' || store.get('SELECT 1 FROM record WHERE type = ? LIMIT 1', type) === undefined,
  );
}
