import { index, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { instant, tenantId } from '../columns/columns.ts';

/** What went wrong where, in words, for somebody who can act. */
export const failures = pgTable(
  'failures',
  {
    tenantId: tenantId(),
    id: text('id').notNull(),
    at: instant('at').notNull(),
    what: text('what').notNull(),
    where: text('where').notNull(),
    text: text('text').notNull(),
    resolvedAt: instant('resolved_at'),
  },
  t => [primaryKey({ columns: [t.tenantId, t.id] }), index().on(t.tenantId, t.at)],
);
