import type { dealRollups, deals } from '#drizzle/schema/pipeline.ts';

/** A deal as it is stored, without its tenant. */
export type StoredDeal = Omit<typeof deals.$inferSelect, 'tenantId'>;

/** A bucket of totals as it is stored, without its tenant. */
export type Rollup = Omit<typeof dealRollups.$inferSelect, 'tenantId'>;
