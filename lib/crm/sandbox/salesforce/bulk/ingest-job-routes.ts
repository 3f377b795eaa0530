import { Hono } from 'hono';
import { z } from 'zod';
import { toLongId } from '../ids.ts';
import type { Field } from '../model/field.ts';
import type { SObject } from '../model/sobject.ts';
import { inTransaction, type Actor, type Org } from '../org.ts';
import { deleteRecord } from '../records/delete-record.ts';
import type { Input } from '../records/read-input.ts';
import { requireExternalId, upsertRecord } from '../records/upsert-record.ts';
import { createRecord, updateRecord } from '../records/write-record.ts';
import { SalesforceRefusal } from '../refusal.ts';
import { actorOf, pathObject, readJson, readText, type Variables } from '../wire/context.ts';
import { csvLine, readCsv } from './csv.ts';
import { createJob, deleteJob, listJobs, requireJob, saveJob, type Job } from './jobs.ts';

const jobBody = z.object({
  operation: z.enum(['insert', 'update', 'upsert', 'delete', 'hardDelete']),
  object: z.string().min(1),
  externalIdFieldName: z.string().optional(),
  contentType: z.literal('CSV').default('CSV'),
  columnDelimiter: z.literal('COMMA').default('COMMA'),
  lineEnding: z.enum(['LF', 'CRLF']).default('LF'),
});

type Kept = { csv: string; columns: string[]; done: string[][]; failed: string[][] };
type Operation = z.infer<typeof jobBody>['operation'];

/** A row of an upload as the JSON interface would have it. */
function toInput(org: Org, object: SObject, columns: string[], cells: string[]): Input {
  const input: Input = {};
  for (const [i, name] of columns.entries()) {
    const cell = cells[i] ?? '';
    if (cell === '') continue;
    const [relationship, key] = name.split('.');
    if (key !== undefined) input[relationship!] = { [key]: cell };
    else input[org.schema.field(object, name)?.name ?? name] = cell === '#N/A' ? null : cell;
  }
  return input;
}

function writeRow(
  org: Org,
  actor: Actor,
  object: SObject,
  how: { operation: Operation; key?: Field },
  input: Input,
): { id: string; created: boolean } {
  if (how.operation === 'insert') return { id: createRecord(org, actor, object, input).id, created: true };
  const { Id, ...values } = input;
  if (how.operation === 'upsert') {
    const { [how.key!.name]: value, ...rest } = input;
    if (typeof value !== 'string')
      throw new SalesforceRefusal('MISSING_ARGUMENT', `${how.key!.name} not specified`);
    return upsertRecord(org, actor, object, { field: how.key!, value }, rest);
  }
  const id = toLongId(String(Id));
  if (id === undefined)
    throw new SalesforceRefusal('MALFORMED_ID', `malformed id ${String(Id)}`, { fields: ['Id'] });
  if (how.operation === 'update') updateRecord(org, actor, object, id, values);
  else deleteRecord(org, actor, object, id);
  return { id, created: false };
}

/** Works through an upload; each row succeeds or fails by itself. */
function process(org: Org, actor: Actor, job: Job<Kept>): void {
  const object = org.schema.find(String(job.info['object']))!;
  const operation = job.info['operation'] as Operation;
  const key = job.info['externalIdFieldName'];
  const how = { operation, ...(typeof key === 'string' ? { key: requireExternalId(org, object, key) } : {}) };
  const { columns, rows } = readCsv(job.kept.csv);
  Object.assign(job.kept, { csv: '', columns });
  inTransaction(org, () => {
    for (const cells of rows) {
      try {
        const { id, created } = writeRow(org, actor, object, how, toInput(org, object, columns, cells));
        job.kept.done.push([id, String(created), ...cells]);
      } catch (error) {
        if (!(error instanceof SalesforceRefusal)) throw error;
        job.kept.failed.push(['', `${error.code}:${error.message}:${error.fields.join(',')} --`, ...cells]);
      }
    }
  });
  const { done, failed } = job.kept;
  Object.assign(job.info, {
    state: 'JobComplete',
    numberRecordsProcessed: done.length + failed.length,
    numberRecordsFailed: failed.length,
    totalProcessingTime: 1,
  });
}

/** Bulk API 2.0 writes: make a job, upload CSV, say that the upload is complete, fetch what became of each row. */
export function ingestJobRoutes(org: Org): Hono<{ Variables: Variables }> {
  const routes = new Hono<{ Variables: Variables }>();

  routes.post('/', async c => {
    const { object: name, ...asked } = await readJson(c, jobBody);
    const object = pathObject(org, name);
    if (asked.operation === 'upsert') requireExternalId(org, object, asked.externalIdFieldName ?? '');
    const by = { userId: c.get('userId'), version: c.get('version') };
    const kept: Kept = { csv: '', columns: [], done: [], failed: [] };
    const job = createJob(org, 'ingest', { object: object.name, state: 'Open', ...asked }, kept, by);
    job.info['contentUrl'] = `services/data/${by.version}/jobs/ingest/${job.id}/batches`;
    saveJob(org, job);
    return c.json(job.info);
  });
  routes.put('/:id/batches', async c => {
    const job = requireJob<Kept>(org, 'ingest', c.req.param('id'));
    if (job.info['state'] !== 'Open')
      throw new SalesforceRefusal('INVALIDJOBSTATE', 'The job is not open for data');
    if (job.kept.csv !== '')
      throw new SalesforceRefusal('INVALIDJOBSTATE', 'The job has its data already: one upload a job');
    job.kept.csv = await readText(c);
    saveJob(org, job);
    return c.body(null, 201);
  });
  routes.patch('/:id', async c => {
    const { state } = await readJson(c, z.object({ state: z.enum(['UploadComplete', 'Aborted']) }));
    const job = requireJob<Kept>(org, 'ingest', c.req.param('id'));
    if (job.info['state'] !== 'Open') throw new SalesforceRefusal('INVALIDJOBSTATE', 'The job is not open');
    job.info['state'] = state;
    saveJob(org, job);
    if (state === 'UploadComplete') {
      const seen = { ...job.info };
      process(org, actorOf(c, 'bulk'), job);
      saveJob(org, job);
      return c.json(seen);
    }
    return c.json(job.info);
  });
  routes.get('/', c => c.json({ done: true, records: listJobs(org, 'ingest'), nextRecordsUrl: null }));
  routes.get('/:id', c => c.json(requireJob(org, 'ingest', c.req.param('id')).info));
  routes.get('/:id/:results', c => {
    const { kept } = requireJob<Kept>(org, 'ingest', c.req.param('id'));
    const lists: Record<string, [string[], string[][]]> = {
      successfulResults: [['sf__Id', 'sf__Created'], kept.done],
      failedResults: [['sf__Id', 'sf__Error'], kept.failed],
      unprocessedrecords: [[], []],
    };
    const found = lists[c.req.param('results')];
    if (!found) return c.notFound();
    const [own, rows] = found;
    c.header('Content-Type', 'text/csv');
    return c.body([csvLine([...own, ...kept.columns]), ...rows.map(row => csvLine(row))].join(''));
  });
  routes.delete('/:id', c => {
    const { info } = requireJob(org, 'ingest', c.req.param('id'));
    if (info['state'] === 'Open')
      throw new SalesforceRefusal('INVALIDJOBSTATE', 'An open job cannot be deleted: abort it first');
    deleteJob(org, c.req.param('id'));
    return c.body(null, 204);
  });
  return routes;
}
