import type { Scope } from '#lib/core/scope.ts';
import type { Crm } from '#lib/core/subject.ts';
import { connectionOf } from '#lib/crm/read.ts';
import { enqueue } from '#lib/jobs/define.ts';
import type { Flow } from './flow.ts';
import type { CsvEvent, CsvFile, EventColumn } from './ingest/ingest.ts';
import { stages, type Stages } from './stages.ts';
import { takeInEvents } from './take-in-events.ts';

export { guessEventColumns, openCsv, readEventColumns, surveyEvents } from './ingest/ingest.ts';
export type { CsvFile, EventColumn } from './ingest/ingest.ts';

export interface ImportedEvents {
  accepted: number;
  duplicate: number;
  parked: number;
  /** The first 1,000. */
  rejected: { line: number; reason: string }[];
  rejectedTotal: number;
  /** Scores are being made anew. */
  scoring: boolean;
}

const mostListed = 1000;

/**
 * Takes the events of a file in, as if they had been sent; then asks for training and scores, as after a first reading. A
 * batch commits by itself, and what was taken before counts as duplicate: an import that was cut off is simply begun again.
 */
export async function importEvents(
  flow: Flow,
  scope: Scope,
  file: CsvFile,
  columns: readonly EventColumn[],
  {
    dates,
    onProgress,
    signal,
  }: {
    dates: Parameters<Stages['ingest']['csvEvents']>[2]['dates'];
    onProgress?: (rows: number) => void;
    signal?: AbortSignal | undefined;
  },
  s: Stages = stages,
): Promise<ImportedEvents> {
  const { tenantId } = scope;
  const connected = await flow.db.tenant(tenantId, connectionOf);
  const crm: Crm = connected?.crm ?? 'csv';
  const all: ImportedEvents = {
    accepted: 0,
    duplicate: 0,
    parked: 0,
    rejected: [],
    rejectedTotal: 0,
    scoring: false,
  };
  let rows = 0;
  for await (const batch of s.ingest.csvEvents(file, columns, { dates, crm })) {
    signal?.throwIfAborted();
    await takeBatch(flow, scope, batch, all, s);
    rows += batch.length;
    onProgress?.(rows);
  }
  all.scoring = connected !== null && all.accepted > all.parked;
  if (all.scoring) await flow.db.tenant(tenantId, tx => enqueue(tx, 'train', {}, { key: tenantId }));
  return all;
}

async function takeBatch(
  flow: Flow,
  scope: Scope,
  batch: readonly CsvEvent[],
  all: ImportedEvents,
  s: Stages,
): Promise<void> {
  const sent = batch.flatMap(row => ('event' in row ? [row] : []));
  const taken = await takeInEvents(
    flow,
    scope,
    sent.map(({ event }) => event),
    { ask: false, perMinute: null },
    s,
  );
  const rejected = [
    ...batch.flatMap(row => ('problem' in row ? [{ line: row.line, reason: row.problem }] : [])),
    ...taken.rejected.map(({ index, reason }) => ({ line: sent[index]?.line ?? 0, reason })),
  ].sort((a, b) => a.line - b.line);
  all.accepted += taken.accepted;
  all.duplicate += taken.duplicate;
  all.parked += taken.parked;
  all.rejectedTotal += rejected.length;
  all.rejected.push(...rejected.slice(0, mostListed - all.rejected.length));
}
