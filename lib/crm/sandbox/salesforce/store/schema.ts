import type { Store } from '#lib/crm/sandbox/store/open-store.ts';

/**
 * The org's own tables, in the file that the other wire format uses too. A record's values are one JSON object;
 * moments are ISO 8601 in UTC, so that they sort as text. `event` keeps change events in commit order.
 */
const TABLES = [
  `CREATE TABLE IF NOT EXISTS sf_setting (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID`,
  `CREATE TABLE IF NOT EXISTS sf_field (object TEXT NOT NULL, name TEXT NOT NULL, definition TEXT NOT NULL,
    PRIMARY KEY (object, name)) WITHOUT ROWID`,
  `CREATE TABLE IF NOT EXISTS sf_record (id TEXT PRIMARY KEY, type TEXT NOT NULL, fields TEXT NOT NULL,
    created TEXT NOT NULL, modstamp TEXT NOT NULL, deleted INTEGER NOT NULL DEFAULT 0, deleted_at TEXT)`,
  `CREATE INDEX IF NOT EXISTS sf_record_modstamp ON sf_record (type, modstamp, id)`,
  `CREATE INDEX IF NOT EXISTS sf_record_type ON sf_record (type, id)`,
  `CREATE TABLE IF NOT EXISTS sf_unique (object TEXT NOT NULL, field TEXT NOT NULL,
    value TEXT NOT NULL COLLATE NOCASE, id TEXT NOT NULL, PRIMARY KEY (object, field, value)) WITHOUT ROWID`,
  `CREATE INDEX IF NOT EXISTS sf_unique_holder ON sf_unique (id)`,
  `CREATE TABLE IF NOT EXISTS sf_event (replay INTEGER PRIMARY KEY, entity TEXT NOT NULL, at INTEGER NOT NULL,
    event TEXT NOT NULL)`,
  `CREATE INDEX IF NOT EXISTS sf_event_entity ON sf_event (entity, replay)`,
  `CREATE TABLE IF NOT EXISTS sf_session (token TEXT PRIMARY KEY, kind TEXT NOT NULL, client TEXT NOT NULL,
    user_id TEXT NOT NULL, scope TEXT NOT NULL, expires_at INTEGER) WITHOUT ROWID`,
  `CREATE TABLE IF NOT EXISTS sf_job (id TEXT PRIMARY KEY, kind TEXT NOT NULL, definition TEXT NOT NULL)`,
  `CREATE TABLE IF NOT EXISTS sf_outbound (seq INTEGER PRIMARY KEY AUTOINCREMENT, type TEXT NOT NULL,
    record TEXT NOT NULL, attempt INTEGER NOT NULL DEFAULT 0, due_at INTEGER NOT NULL, first_at INTEGER NOT NULL)`,
];

export function createTables(store: Store): void {
  for (const sql of TABLES) store.run(sql);
}
