import { bigint, customType, text } from 'drizzle-orm/pg-core';

/** timestamptz(3) that is an ISO 8601 UTC string in code, so that what was hashed is what is read back. */
export const instant = customType<{ data: string; driverData: string | Date }>({
  dataType: () => 'timestamp (3) with time zone',
  toDriver: value => value,
  fromDriver: value => new Date(value).toISOString(),
});

/** Bytes, whichever way a driver hands them over. */
export const bytes = customType<{ data: Uint8Array; driverData: Uint8Array }>({ dataType: () => 'bytea' });

/** Money in minor units (cents). Safe integers reach 90 trillion in major units. */
export const minorUnits = (name: string) => bigint(name, { mode: 'number' });

/** The first column of every table: what row-level security looks at, and what a distributed Postgres shards by. */
export const tenantId = () => text('tenant_id').notNull();

/** A CRM record reference in three columns. */
export const subjectColumns = () => ({
  crm: text('crm').notNull(),
  object: text('object').notNull(),
  recordId: text('record_id').notNull(),
});
