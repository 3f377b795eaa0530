import { parse } from 'csv-parse/sync';
import { z } from 'zod';
import { AppError } from '#lib/core/errors.ts';
import type { Salesforce } from './api.ts';
import type { Row } from './select.ts';
import { soqlOf, type Selection } from './soql.ts';

const WireJob = z.looseObject({
  id: z.string(),
  state: z.enum(['Open', 'UploadComplete', 'InProgress', 'JobComplete', 'Failed', 'Aborted']),
  errorMessage: z.string().nullish(),
});

/** Salesforce's own bound on a query's length, far beyond that of an address. */
export interface BulkQuery {
  selection: Selection;
  /** Deleted and archived rows too. */
  all: boolean;
}

/** Begins a Bulk 2.0 query; answers with the job's id. */
export async function startBulkQuery(salesforce: Salesforce, { selection, all }: BulkQuery): Promise<string> {
  const { id } = await salesforce.send(
    {
      method: 'POST',
      path: '/jobs/query',
      body: { operation: all ? 'queryAll' : 'query', query: soqlOf(selection) },
      doing: `asking for all of ${selection.sobject}`,
    },
    WireJob,
  );
  return id;
}

/** A page of a job's result; `waiting` while there is none, and null for a job that Salesforce no longer keeps (seven days). */
export type BulkPage = { rows: Row[]; next: string | null } | 'waiting' | null;

export async function readBulkPage(
  salesforce: Salesforce,
  { job, locator, limit }: { job: string; locator: string; limit: number },
): Promise<BulkPage> {
  const path = `/jobs/query/${encodeURIComponent(job)}`;
  const doing = 'reading the result of a Bulk query';
  try {
    if (locator === '') {
      const { state, errorMessage } = await salesforce.send({ method: 'GET', path, doing }, WireJob);
      if (state === 'Failed' || state === 'Aborted')
        throw new AppError(
          'unavailable',
          `Salesforce gave up a Bulk query. Sidecard tries again. Salesforce says: ${errorMessage ?? state}`,
          {
            job,
            gaveUp: true,
          },
        );
      if (state !== 'JobComplete') return 'waiting';
    }
    const { text, headers } = await salesforce.exchange({
      method: 'GET',
      path: `${path}/results`,
      query: { maxRecords: String(limit), ...(locator === '' ? {} : { locator }) },
      headers: { accept: 'text/csv' },
      doing,
    });
    const next = headers.get('sforce-locator');
    return { rows: rowsOf(text), next: next === null || next === 'null' || next === '' ? null : next };
  } catch (error) {
    const gone =
      error instanceof AppError && (error.code === 'not_found' || error.details['gaveUp'] === true);
    if (gone) return null;
    throw error;
  }
}

const rowsOf = (csv: string): Row[] =>
  parse(csv.toWellFormed().replaceAll('\u0000', '\uFFFD'), {
    columns: true,
    skip_empty_lines: true,
    bom: true,
  });
