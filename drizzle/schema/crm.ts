import { jsonb, pgTable, primaryKey, text, uniqueIndex } from 'drizzle-orm/pg-core';
import { instant, tenantId } from '../columns/columns.ts';

interface ConnectionState {
  status: 'ok' | 'failing' | 'disconnected';
  /** A sentence for people. */
  text: string;
  since: string;
}

/** One tenant, one CRM account. Secrets are sealed with the installation's key before they get here. */
export const crmConnections = pgTable(
  'crm_connections',
  {
    tenantId: tenantId(),
    crm: text('crm').notNull(),
    name: text('name').notNull(),
    accountId: text('account_id').notNull(),
    /** The account's own currency (ISO 4217): what a deal without one is in. */
    currency: text('currency').notNull(),
    apiUrl: text('api_url').notNull(),
    appUrl: text('app_url').notNull(),
    /** Null once it is disconnected. */
    sealedSecrets: text('sealed_secrets'),
    /** `demo` allows the demo's tokens and role switch; a `connected` account never does. */
    kind: text('kind').$type<'demo' | 'connected'>().notNull(),
    state: jsonb('state').$type<ConnectionState>().notNull(),
    connectedAt: instant('connected_at').notNull(),
  },
  t => [primaryKey({ columns: [t.tenantId] }), uniqueIndex().on(t.crm, t.accountId)],
);

/** Who renews a tenant's access token at present, so that one process does it and the others wait for what it gets. */
export const crmRenewals = pgTable(
  'crm_renewals',
  {
    tenantId: tenantId(),
    /** Whoever holds the lease, until it ends; null while nobody does. */
    holder: text('holder'),
    until: instant('until'),
    /** Hash of what the CRM would not renew by: asking again says the same. */
    refusedHash: text('refused_hash'),
  },
  t => [primaryKey({ columns: [t.tenantId] })],
);

/** Visits to a CRM's consent page that have begun: each is used once, by its state. */
export const crmVisits = pgTable(
  'crm_visits',
  {
    tenantId: tenantId(),
    stateHash: text('state_hash').notNull(),
    crm: text('crm').notNull(),
    /** PKCE verifier and address to come back to. */
    sealed: text('sealed').notNull(),
    expiresAt: instant('expires_at').notNull(),
  },
  t => [primaryKey({ columns: [t.tenantId, t.stateHash] })],
);

/** What all processes know of a tenant's request limits and of whether its CRM answers. One row, locked for moments. */
export const crmTraffic = pgTable(
  'crm_traffic',
  { tenantId: tenantId(), state: jsonb('state').notNull() },
  t => [primaryKey({ columns: [t.tenantId] })],
);
