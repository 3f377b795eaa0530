import type { Scope } from '#lib/core/scope.ts';
import { toInstant } from '#lib/core/time.ts';
import { connectionOf } from '#lib/crm/read.ts';
import { enqueue } from '#lib/jobs/define.ts';
import type { Flow } from './flow.ts';
import type { CsvFile, Importable, Mapping, Survey, TakenRows } from './ingest/ingest.ts';
import { releaseEvents } from './release-events.ts';
import { stages, type Stages } from './stages.ts';
import { refreshAllDeals } from './refresh-deals.ts';

export { guessMapping, importable, openCsv, readMapping, surveyCsv } from './ingest/ingest.ts';
export type { CsvFile, Importable, Mapping, Survey } from './ingest/ingest.ts';

export interface Imported extends TakenRows {
  /** Records of files that a connected CRM seems to have too, by what they share. They stay two records. */
  overlaps: { crm: string; by: string; records: number }[];
  /** Scores are being made anew; false where nothing is connected yet, and they come with the first start. */
  scoring: boolean;
}

/** How a file with this header was mapped before; null when there was none, or none that this version can read. */
export async function savedMapping(
  flow: Flow,
  scope: Scope,
  object: Importable,
  file: CsvFile,
  s: Stages = stages,
): Promise<Mapping | null> {
  const saved = await flow.db.tenant(scope.tenantId, tx => s.ingest.loadMapping(tx, object, file.mark));
  return s.ingest.Mapping.safeParse(saved).data ?? null;
}

/**
 * Takes a surveyed file in: versions of records, the graph, the pipeline; then asks for training and scores as after a
 * first reading. Goes on where an earlier import of the same file with the same mapping was cut off. A file that says
 * nothing new asks for nothing. Throws what `takeRows` throws.
 */
export async function importFile(
  flow: Flow,
  scope: Scope,
  file: CsvFile,
  survey: Survey,
  options: {
    onProgress?: (rows: number) => void;
    signal?: AbortSignal | undefined;
    rowsAtOnce?: number;
  } = {},
  s: Stages = stages,
): Promise<Imported> {
  const { tenantId } = scope;
  const { object } = survey.mapping;
  const taken = await s.ingest.takeRows(flow.db, file, survey, {
    tenantId,
    clock: flow.now,
    sealingKey: flow.sealingKey,
    keep: async (tx, records) => {
      await s.graph.project(tx, records, toInstant(flow.now()));
      await releaseEvents(tx, records, flow, s, { ask: false });
      await s.features.noteManyChanges(tx);
    },
    ...options,
  });
  const news = taken.created + taken.updated > 0;
  if (news) await refreshAllDeals(flow, tenantId, s);
  return flow.db.tenant(tenantId, async tx => {
    const scoring = news && (await connectionOf(tx)) !== null;
    if (scoring) await enqueue(tx, 'train', {}, { key: tenantId });
    return { ...taken, overlaps: await s.graph.overlapsOf(tx, object), scoring };
  });
}
