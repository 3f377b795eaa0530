import { index, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { instant, subjectColumns, tenantId } from '../columns/columns.ts';

export const memories = pgTable(
  'memories',
  {
    tenantId: tenantId(),
    id: text('id').notNull(),
    ...subjectColumns(),
    kind: text('kind').notNull(),
    text: text('text').notNull(),
    author: text('author').notNull(),
    at: instant('at').notNull(),
    expiresAt: instant('expires_at').notNull(),
  },
  t => [primaryKey({ columns: [t.tenantId, t.id] }), index().on(t.tenantId, t.crm, t.object, t.recordId)],
);
