import type { SObject } from '../model/sobject.ts';
import type { Org } from '../org.ts';
import { SalesforceRefusal } from '../refusal.ts';
import { readSetting } from '../store/settings.ts';
import type { Fields, Row } from '../store/rows.ts';

/** Objects whose duplicate rule blocks a second record with the same value of a field. */
export type DuplicateRules = Record<string, string>;

export function checkDuplicates(org: Org, object: SObject, values: Fields, row: Row | undefined): void {
  const name = readSetting<DuplicateRules>(org.store, 'duplicate-rules')?.[object.name];
  const value = name === undefined ? null : (values[name] ?? null);
  if (name === undefined || value === null) return;
  const sql =
    'SELECT id FROM sf_record WHERE type = ? AND deleted = 0 AND id <> ? ' +
    `AND fields ->> '$.${name}' = ? COLLATE NOCASE LIMIT 1`;
  if (org.store.get(sql, object.name, row?.id ?? '', String(value))) {
    throw new SalesforceRefusal('DUPLICATES_DETECTED', 'Use one of these records?');
  }
}
