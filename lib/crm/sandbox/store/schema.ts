/**
 * Tables of the store. Times are milliseconds since 1970. A record's current values are one JSON object;
 * `history` has a row for each value a property ever had. Associations are kept in both directions. `document`
 * holds what is not a CRM record, `merged` which record an id stands for since a merge.
 */
export const SCHEMA = `
CREATE TABLE IF NOT EXISTS setting (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS token (token TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS owner (
  id INTEGER PRIMARY KEY, user_id INTEGER NOT NULL, email TEXT NOT NULL, first_name TEXT NOT NULL,
  last_name TEXT NOT NULL, teams TEXT NOT NULL, created_at INTEGER NOT NULL
);
CREATE TABLE IF NOT EXISTS pipeline (
  object_type TEXT NOT NULL, id TEXT NOT NULL, definition TEXT NOT NULL, PRIMARY KEY (object_type, id)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS property (
  object_type TEXT NOT NULL, name TEXT NOT NULL, definition TEXT NOT NULL, PRIMARY KEY (object_type, name)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS property_group (
  object_type TEXT NOT NULL, name TEXT NOT NULL, label TEXT NOT NULL, display_order INTEGER NOT NULL,
  PRIMARY KEY (object_type, name)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS record (
  type TEXT NOT NULL, id INTEGER NOT NULL, properties TEXT NOT NULL, created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL, archived_at INTEGER, PRIMARY KEY (type, id)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS record_updated ON record (type, updated_at);
CREATE TABLE IF NOT EXISTS history (
  type TEXT NOT NULL, id INTEGER NOT NULL, name TEXT NOT NULL, seq INTEGER NOT NULL, value TEXT NOT NULL,
  at INTEGER NOT NULL, source TEXT NOT NULL, source_id TEXT, user_id INTEGER, PRIMARY KEY (type, id, name, seq)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS unique_value (
  type TEXT NOT NULL, name TEXT NOT NULL, value TEXT NOT NULL, id INTEGER NOT NULL,
  PRIMARY KEY (type, name, value)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS unique_value_holder ON unique_value (type, id);
CREATE TABLE IF NOT EXISTS association (
  from_type TEXT NOT NULL, from_id INTEGER NOT NULL, to_type TEXT NOT NULL, to_id INTEGER NOT NULL,
  type_id INTEGER NOT NULL, PRIMARY KEY (from_type, from_id, to_type, to_id, type_id)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS association_to ON association (to_type, to_id);
CREATE TABLE IF NOT EXISTS outbox (
  seq INTEGER PRIMARY KEY AUTOINCREMENT, event TEXT NOT NULL, attempt INTEGER NOT NULL DEFAULT 0,
  due_at INTEGER NOT NULL, first_at INTEGER NOT NULL
);
CREATE TABLE IF NOT EXISTS document (
  kind TEXT NOT NULL, id TEXT NOT NULL, body TEXT NOT NULL, PRIMARY KEY (kind, id)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS merged (
  type TEXT NOT NULL, id INTEGER NOT NULL, into_id INTEGER NOT NULL, at INTEGER NOT NULL, PRIMARY KEY (type, id)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS oauth_code (
  code TEXT PRIMARY KEY, client_id TEXT NOT NULL, redirect_uri TEXT NOT NULL, scopes TEXT NOT NULL,
  challenge TEXT, user_id INTEGER NOT NULL, expires_at INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS oauth_token (
  token TEXT PRIMARY KEY, kind TEXT NOT NULL, grant_id TEXT NOT NULL, client_id TEXT NOT NULL, scopes TEXT NOT NULL,
  user_id INTEGER NOT NULL, expires_at INTEGER
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS oauth_token_grant ON oauth_token (grant_id);
`;
