import { Hono } from 'hono';
import { z } from 'zod';
import type { Org } from '../org.ts';
import { SalesforceRefusal } from '../refusal.ts';
import { selectedPaths, wireValue } from '../soql/render.ts';
import { queryIds, readQuery } from '../soql/run.ts';
import { loadRows, type Row, type Value } from '../store/rows.ts';
import type { Resolved } from '../soql/resolve.ts';
import { readJson, type Variables } from '../wire/context.ts';
import { csvLine } from './csv.ts';
import { createJob, deleteJob, listJobs, requireJob, saveJob } from './jobs.ts';

const MOST_A_PAGE = 50_000;
const CHUNK = 2_000;

const jobBody = z.object({
  operation: z.enum(['query', 'queryAll']),
  query: z.string().min(1),
  contentType: z.literal('CSV').default('CSV'),
  columnDelimiter: z.literal('COMMA').default('COMMA'),
  lineEnding: z.literal('LF').default('LF'),
});

type Kept = { ids: string[]; query: string };

/** The value at the end of a path, through related records where there are any. */
function valueAt(org: Org, row: Row, { lookups, field }: Resolved, known: Map<string, Row>): Value {
  let at: Row | undefined = row;
  for (const lookup of lookups) {
    const id: string = String(at?.fields[lookup.name] ?? '');
    const next: Row | undefined = known.get(id) ?? loadRows(org.store, [id]).get(id);
    if (next) known.set(id, next);
    at = next;
  }
  if (!at) return null;
  return field ? wireValue(field, at.fields[field.name]) : at.type;
}

function renderCsv(org: Org, query: string, ids: string[]): string {
  const { query: ast, object } = readQuery(org, query);
  const paths = selectedPaths(org, object, ast);
  const header = paths.map(({ lookups, field }) =>
    [...lookups.map(lookup => lookup.relationshipName), field?.name ?? 'Type'].join('.'),
  );
  const parts = [csvLine(header)];
  const known = new Map<string, Row>();
  for (let from = 0; from < ids.length; from += CHUNK) {
    const chunk = ids.slice(from, from + CHUNK);
    const rows = loadRows(org.store, chunk);
    for (const id of chunk) {
      const row = rows.get(id);
      if (row) parts.push(csvLine(paths.map(path => valueAt(org, row, path, known))));
    }
  }
  return parts.join('');
}

/** Bulk API 2.0 queries: a job is made, is complete by the next look at it, and gives its rows as CSV in pages. */
export function queryJobRoutes(org: Org): Hono<{ Variables: Variables }> {
  const routes = new Hono<{ Variables: Variables }>();

  routes.post('/', async c => {
    const { operation, query, ...format } = await readJson(c, jobBody);
    const { query: ast, object } = readQuery(org, query);
    if (ast.count || ast.select.some(({ kind }) => kind !== 'field')) {
      throw new SalesforceRefusal(
        'INVALIDJOB',
        'Aggregate Relationships and functions are not supported in Bulk Query',
      );
    }
    const ids = queryIds(org, object, ast, operation === 'queryAll');
    const info = { operation, object: object.name, state: 'UploadComplete', ...format };
    const kept: Kept = { ids, query };
    const job = createJob(org, 'query', info, kept, { userId: c.get('userId'), version: c.get('version') });
    return c.json(job.info);
  });
  routes.get('/', c => c.json({ done: true, records: listJobs(org, 'query'), nextRecordsUrl: null }));
  routes.get('/:id', c => {
    const job = requireJob<Kept>(org, 'query', c.req.param('id'));
    if (job.info['state'] === 'UploadComplete') {
      const done = {
        state: 'JobComplete',
        numberRecordsProcessed: job.kept.ids.length,
        retries: 0,
        totalProcessingTime: 1,
      };
      Object.assign(job.info, done);
      saveJob(org, job);
    }
    return c.json(job.info);
  });
  routes.get('/:id/results', c => {
    const { info, kept } = requireJob<Kept>(org, 'query', c.req.param('id'));
    if (info['state'] !== 'JobComplete') {
      throw new SalesforceRefusal(
        'INVALIDJOBSTATE',
        `The job is in the state ${String(info['state'])}: results are not ready`,
      );
    }
    const most = Math.min(Number(c.req.query('maxRecords') ?? MOST_A_PAGE), MOST_A_PAGE);
    const locator = c.req.query('locator');
    const from =
      locator === undefined || locator === 'null' ? 0 : Number(Buffer.from(locator, 'base64url').toString());
    if (!(most > 0 && Number.isInteger(from) && from >= 0))
      throw new SalesforceRefusal('INVALIDLOCATOR', 'The locator or maxRecords is invalid');
    const ids = kept.ids.slice(from, from + most);
    const next =
      from + ids.length < kept.ids.length
        ? Buffer.from(String(from + ids.length)).toString('base64url')
        : 'null';
    c.header('Sforce-Locator', next);
    c.header('Sforce-NumberOfRecords', String(ids.length));
    c.header('Content-Type', 'text/csv');
    return c.body(renderCsv(org, kept.query, ids));
  });
  routes.patch('/:id', async c => {
    await readJson(c, z.object({ state: z.literal('Aborted') }));
    const job = requireJob<Kept>(org, 'query', c.req.param('id'));
    if (job.info['state'] === 'JobComplete')
      throw new SalesforceRefusal('INVALIDJOBSTATE', 'A completed job cannot be aborted');
    job.info['state'] = 'Aborted';
    saveJob(org, job);
    return c.json(job.info);
  });
  routes.delete('/:id', c => {
    requireJob(org, 'query', c.req.param('id'));
    deleteJob(org, c.req.param('id'));
    return c.body(null, 204);
  });
  return routes;
}
