import { jsonb, pgTable, primaryKey, text, uniqueIndex } from 'drizzle-orm/pg-core';
import { instant, tenantId } from '../columns/columns.ts';

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
    sealedSecrets: text('sealed_secrets').notNull(),
    /** `demo` allows the demo's tokens and role switch; a `connected` account never does. */
    kind: text('kind').$type<'demo' | 'connected'>().notNull(),
    state: jsonb('state').$type<{ status: 'ok' | 'failing'; text: string; since: string }>().notNull(),
    connectedAt: instant('connected_at').notNull(),
  },
  t => [primaryKey({ columns: [t.tenantId] }), uniqueIndex().on(t.crm, t.accountId)],
);
