import { AppError } from '#lib/core/errors.ts';
import { toInstant, type Clock } from '#lib/core/time.ts';
import { csvRows, type CsvFile, type CsvRow, type Survey } from '#lib/crm/crm.ts';
import type { Db, TenantTx } from '#lib/platform/db.ts';
import { hashOf } from '#lib/platform/hash.ts';
import { newId } from '#lib/platform/ids.ts';
import type { SealingKey } from '#lib/platform/secrets.ts';
import { ownFieldsOf, pipelineIdsOf, pipelinesOf } from './describe-file.ts';
import { knowRows } from './know-rows.ts';
import { mergeRow, ownersOf, type RowSource } from './merge-row.ts';
import type { Keep } from './noting.ts';
import { insertRun, loadUnfinished, moveRun, saveMapping, type ImportRun } from './store-imports.ts';
import { withoutSuppressedRows } from './store-suppressed.ts';
import { keepVersions, newestVersions } from './store-versions.ts';

/** What became of the rows of a file; `resumedAt` is the line at which an import that had been cut off went on. */
export interface TakenRows {
  created: number;
  updated: number;
  /** Rows that say nothing new, and rows that are older than what is known. */
  unchanged: number;
  resumedAt: number | null;
}

/** Rows in one transaction, where nobody says otherwise. */
const batchSize = 1000;

/**
 * Takes the rows of a surveyed file in, batch by batch; a batch and the place after it commit together, so that a killed
 * import goes on where it was. The mapping is kept for the next file with this header. `signal` ends it between batches.
 * Throws AppError('conflict') when the same file is being imported elsewhere.
 */
export async function takeRows(
  db: Db,
  file: CsvFile,
  survey: Survey,
  job: {
    tenantId: string;
    clock: Clock;
    sealingKey: SealingKey;
    keep: Keep;
    onProgress?: (rows: number) => void;
    signal?: AbortSignal | undefined;
    rowsAtOnce?: number;
  },
): Promise<TakenRows> {
  const { mapping } = survey;
  let run = await db.tenant(job.tenantId, tx => begin(tx, file, survey, toInstant(job.clock())));
  const resumedAt = run.nextLine > 0 ? run.nextLine : null;
  const source: RowSource = {
    object: mapping.object,
    fileName: file.name,
    fileHash: file.hash,
    startedAt: run.startedAt,
    linksTo: new Set(mapping.columns.flatMap(column => column.link?.object ?? [])),
  };
  await db.tenant(job.tenantId, tx => keepSurroundings(tx, survey, source, job));
  const step = async (rows: readonly CsvRow[], done: boolean): Promise<void> => {
    const before = run;
    run = await db.tenant(job.tenantId, async tx => {
      const next = await takeBatch(tx, rows, { ...job, run: before, source });
      if (done) next.finishedAt = next.lastAt;
      if (!(await moveRun(tx, before, next)))
        throw new AppError(
          'conflict',
          `${file.name} is being imported by somebody else at the same time. Wait until that import has ended.`,
        );
      return next;
    });
    job.onProgress?.(run.created + run.updated + run.unchanged);
  };
  for await (const rows of csvRows(file, survey, {
    fromLine: run.nextLine,
    size: job.rowsAtOnce ?? batchSize,
  })) {
    job.signal?.throwIfAborted();
    await step(rows, false);
  }
  await step([], true);
  const { created, updated, unchanged } = run;
  return { created, updated, unchanged, resumedAt };
}

async function begin(
  tx: TenantTx,
  file: CsvFile,
  { mapping, chosen }: Survey,
  now: string,
): Promise<ImportRun> {
  const { object } = mapping;
  const { name: fileName, hash: fileHash, mark } = file;
  await saveMapping(tx, { object, mark, mapping: chosen, fileName, savedAt: now });
  const key = { object, fileHash, mappingHash: hashOf(mapping) };
  const unfinished = await loadUnfinished(tx, key);
  if (unfinished) return unfinished;
  const run: ImportRun = {
    ...key,
    id: newId('run'),
    fileName,
    mapping,
    startedAt: now,
    lastAt: now,
    finishedAt: null,
    nextLine: 0,
    created: 0,
    updated: 0,
    unchanged: 0,
  };
  await insertRun(tx, run);
  return run;
}

/** What taking rows is told, whatever the file. */
interface Taking {
  keep: Keep;
  clock: Clock;
  sealingKey: SealingKey;
}

/** What the records of the file stand in: its own fields, and the stages of its deals. */
async function keepSurroundings(
  tx: TenantTx,
  survey: Survey,
  source: RowSource,
  { keep, clock, sealingKey }: Taking,
): Promise<void> {
  const learntAt = toInstant(clock());
  const how = { learntAt, sealingKey };
  const [properties, pipelines] = [
    { crm: 'csv', object: 'properties' },
    { crm: 'csv', object: 'pipelines' },
  ] as const;
  const before = await newestVersions(tx, pipelines, pipelineIdsOf(survey), sealingKey);
  const known = new Map(before.map(record => [record.ref.id, record]));
  const fresh = [
    ...(await keepVersions(tx, properties, ownFieldsOf(survey, source), how)),
    ...(await keepVersions(tx, pipelines, pipelinesOf(survey, source, known), how)),
  ];
  if (fresh.length > 0) await keep(tx, fresh);
}

async function takeBatch(
  tx: TenantTx,
  rows: readonly CsvRow[],
  { run, source, keep, clock, sealingKey }: Taking & { run: ImportRun; source: RowSource },
): Promise<ImportRun> {
  const lastAt = toInstant(clock());
  const last = rows.at(-1);
  if (!last) return { ...run, lastAt };
  const how = { learntAt: lastAt, sealingKey };
  const table = { crm: 'csv', object: source.object } as const;
  const known = await knowRows(tx, source.object, await withoutSuppressedRows(tx, rows));
  const owners = await keepVersions(
    tx,
    { crm: 'csv', object: 'owners' },
    await unknownOwners(tx, ownersOf(known, source), sealingKey),
    how,
  );
  const ids = known.map(({ recordId }) => recordId);
  const before = new Map(
    (await newestVersions(tx, table, ids, sealingKey)).map(record => [record.ref.id, record]),
  );
  const read = known.flatMap(one => mergeRow(one, before.get(one.recordId) ?? null, source) ?? []);
  const fresh = await keepVersions(tx, table, read, how);
  if (owners.length + fresh.length > 0) await keep(tx, [...owners, ...fresh]);
  const updated = fresh.filter(record => before.has(record.ref.id)).length;
  return {
    ...run,
    lastAt,
    nextLine: last.line + 1,
    created: run.created + fresh.length - updated,
    updated: run.updated + updated,
    unchanged: run.unchanged + rows.length - fresh.length,
  };
}

/** An owner is only a name here: whoever is known already says nothing new. */
async function unknownOwners(tx: TenantTx, owners: ReturnType<typeof ownersOf>, sealingKey: SealingKey) {
  const ids = owners.map(({ record }) => record.ref.id);
  const known = await newestVersions(tx, { crm: 'csv', object: 'owners' }, ids, sealingKey);
  const there = new Set(known.map(record => record.ref.id));
  return owners.filter(({ record }) => !there.has(record.ref.id));
}
