import type { Subject } from '#lib/core/subject.ts';
import { toInstant } from '#lib/core/time.ts';
import type { Flow } from './flow.ts';
import { currentSchema, deriveRows, storeDerived, type NewRow, type ScoringSchema } from './keep-features.ts';
import { stages, type Stages } from './stages.ts';

/** Batches under way: while the database reads one, this process derives another. */
const LANES = 2;

export interface RebuildOptions {
  /** Hears after each step how many rows are done. */
  onProgress?: (rows: number) => void;
  /** Another schema than the one in force. */
  schema?: ScoringSchema;
  /** People in a batch: one reading and one writing transaction. */
  batch?: number;
}

/** What a rebuild did. `resumed`: rows that one before it, which was cut off, had derived. */
export interface Rebuilt {
  rows: number;
  resumed: number;
}

/**
 * Derives the features of everybody anew with the schema in force, and stores them. Memory holds a few batches at a time,
 * however many people there are. One that is cut off goes on where it stopped.
 */
export async function rebuildFeatures(
  flow: Flow,
  tenantId: string,
  { onProgress, schema: inForce, batch = 500 }: RebuildOptions = {},
  s: Stages = stages,
): Promise<Rebuilt> {
  const { schema, begun } = await flow.db.tenant(tenantId, async tx => {
    const schema = inForce ?? (await currentSchema(tx, s));
    return { schema, begun: await s.features.openRebuild(tx, schema.hash, toInstant(flow.now())) };
  });
  let { after, rows } = begun;
  for (;;) {
    const people = await flow.db.tenant(tenantId, tx =>
      s.graph.peopleOf(tx, { after, limit: batch * LANES }),
    );
    const last = people.at(-1);
    if (last === undefined) break;
    const batches = Array.from({ length: LANES }, (_, lane) =>
      people.slice(lane * batch, (lane + 1) * batch),
    );
    const derived = await Promise.all(batches.map(batch => deriveAndStore(flow, tenantId, batch, schema, s)));
    rows += derived.reduce((sum, one) => sum + one, 0);
    after = last;
    const reached = { startedAt: begun.startedAt, after: last, rows };
    await flow.db.tenant(tenantId, tx => s.features.saveRebuild(tx, schema.hash, reached));
    onProgress?.(rows);
  }
  await flow.db.tenant(tenantId, async tx => {
    await s.features.keepSchemas(tx, [schema.hash]);
    await s.features.endRebuild(tx, schema.hash);
  });
  return { rows: rows - begun.rows, resumed: begun.rows };
}

async function deriveAndStore(
  flow: Flow,
  tenantId: string,
  people: readonly Subject[],
  schema: ScoringSchema,
  s: Stages,
): Promise<number> {
  if (people.length === 0) return 0;
  const rows: NewRow[] = await flow.db.reading(tenantId, tx =>
    deriveRows(tx, people, schema, toInstant(flow.now()), s),
  );
  return flow.db.tenant(tenantId, tx => storeDerived(tx, schema, rows, s));
}
