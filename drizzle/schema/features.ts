import { jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import type { FeatureRow } from '#lib/core/score.ts';
import { instant, subjectColumns, tenantId } from '../columns/columns.ts';

/** The newest features of each subject by schema: what a run scores in batches. */
export const featureRows = pgTable(
  'feature_rows',
  {
    tenantId: tenantId(),
    ...subjectColumns(),
    schema: text('schema').notNull(),
    asOf: instant('as_of').notNull(),
    row: jsonb('row').$type<FeatureRow>().notNull(),
  },
  t => [primaryKey({ columns: [t.tenantId, t.crm, t.object, t.recordId, t.schema] })],
);
