import type { IncomingMessage, ServerResponse } from 'node:http';
import { withToken, type CrmSession } from '../../session.ts';
import { startStub } from '../../testing/test-crm.ts';
import { runSoql } from './small-soql.ts';

export type Row = Record<string, unknown>;
interface Field {
  name: string;
  type: string;
  unique?: boolean;
  externalId?: boolean;
  custom?: boolean;
  label?: string;
}

/** Tables of a stub, with what is done to requests before they are answered. */
export interface StubOrg {
  tables: Record<string, Row[]>;
  /** Types of fields that are no texts; all others are. */
  types?: Record<string, string>;
  /** Fields that a table has though no row shows them. */
  extra?: Record<string, Field[]>;
  /** Answers instead of the org; undefined: the org answers. */
  before?: (request: {
    method: string;
    path: string;
    body: string;
    headers: IncomingMessage['headers'];
  }) => { status: number; body?: unknown; headers?: Record<string, string> } | undefined;
}

interface Given {
  status: number;
  body?: unknown;
  text?: string;
  headers?: Record<string, string>;
}

const types: Record<string, string> = {
  CreatedDate: 'datetime',
  SystemModstamp: 'datetime',
  LastModifiedDate: 'datetime',
  IsDeleted: 'boolean',
  Amount: 'currency',
  CloseDate: 'date',
  MessageDate: 'datetime',
  CompletedDateTime: 'datetime',
};

/** A small Salesforce over HTTP in this process: query, describe, rows, upsert, deletions, Bulk; what tests need of it. */
export async function startStubOrg(org: StubOrg) {
  const requests: { method: string; path: string; body: string; headers: IncomingMessage['headers'] }[] = [];
  const jobs = new Map<string, Row[]>();
  const fieldsOf = (table: string): Field[] => {
    const names = new Set((org.tables[table] ?? []).flatMap(row => Object.keys(row)));
    const known = [...names].map(name => ({ name, type: { ...types, ...org.types }[name] ?? 'string' }));
    return [...known, ...(org.extra?.[table] ?? [])].map(field => ({ label: field.name, ...field }));
  };
  const names = (table: string) => new Set(fieldsOf(table).map(({ name }) => name));
  const refuse = (status: number, errorCode: string) => ({
    status,
    body: [{ errorCode, message: `stub: ${errorCode}` }] as unknown,
  });

  const answer = (method: string, url: URL, body: string): Given => {
    const path = url.pathname.replace(/^\/services\/data\/v[\d.]+/, '');
    if (path === '/query' || path === '/queryAll')
      try {
        const live = Object.fromEntries(
          Object.entries(org.tables).map(([table, rows]) => [
            table,
            path === '/queryAll' ? rows : rows.filter(row => row['IsDeleted'] !== true),
          ]),
        );
        const { count, rows } = runSoql(url.searchParams.get('q') ?? '', live, names);
        return { status: 200, body: { totalSize: count, done: true, records: rows } };
      } catch (error) {
        return refuse(400, error instanceof Error ? error.message : 'UNKNOWN');
      }
    const [, kind, table = '', id = ''] = path.split('/');
    if (kind === 'limits') return { status: 200, body: {} };
    if (kind === 'sobjects' && id === 'describe')
      return org.tables[table] === undefined
        ? refuse(404, 'NOT_FOUND')
        : { status: 200, body: { name: table, fields: fieldsOf(table) } };
    if (kind === 'sobjects' && id === 'deleted') {
      const deletedRecords = (org.tables[table] ?? [])
        .filter(row => row['IsDeleted'] === true)
        .map(row => ({ id: row['Id'], deletedDate: row['SystemModstamp'] }));
      return { status: 200, body: { deletedRecords, latestDateCovered: url.searchParams.get('end') ?? '' } };
    }
    if (kind === 'sobjects') return answerRow(method, table, id, body);
    if (path === '/composite/sobjects') return answerUpdates(body);
    if (kind === 'composite') return answerUpsert(path, body);
    if (kind === 'jobs') return answerJob(method, path, url, body);
    return refuse(404, 'NOT_FOUND');
  };

  const answerRow = (method: string, table: string, id: string, body: string) => {
    const row = org.tables[table]?.find(one => one['Id'] === id && one['IsDeleted'] !== true);
    if (row === undefined) return refuse(404, 'ENTITY_IS_DELETED');
    if (method === 'DELETE') row['IsDeleted'] = true;
    else Object.assign(row, JSON.parse(body) as Row);
    return { status: 204 };
  };

  const answerUpdates = (body: string): Given => {
    const { records } = JSON.parse(body) as { records: (Row & { attributes: { type: string } })[] };
    const results = records.map(({ attributes, Id, ...fields }) => {
      const row = org.tables[attributes.type]?.find(one => one['Id'] === Id && one['IsDeleted'] !== true);
      const errors = [{ statusCode: 'ENTITY_IS_DELETED', message: 'stub: ENTITY_IS_DELETED' }];
      if (row === undefined) return { success: false, errors };
      Object.assign(row, fields);
      return { id: Id, success: true, errors: [] };
    });
    return { status: 200, body: results };
  };

  const answerUpsert = (path: string, body: string) => {
    const [, , , table = '', key = ''] = path.split('/');
    const { records } = JSON.parse(body) as { records: Row[] };
    const rows = (org.tables[table] ??= []);
    const results = records.map(({ attributes: _, ...record }) => {
      const known = rows.find(row => row[key] === record[key] && row['IsDeleted'] !== true);
      const id = (known?.['Id'] ?? `00Txx000000${String(rows.length).padStart(4, '0')}AAA`) as string;
      const times = {
        SystemModstamp: '2026-02-01T00:00:00.000+0000',
        LastModifiedDate: '2026-02-01T00:00:00.000+0000',
      };
      if (known) Object.assign(known, record);
      else rows.push({ Id: id, IsDeleted: false, IsClosed: false, ...times, ...record });
      return { id, success: true, created: !known, errors: [] };
    });
    return { status: 200, body: results };
  };

  const answerJob = (method: string, path: string, url: URL, body: string) => {
    if (method === 'POST') {
      const id = `750xx000000${String(jobs.size).padStart(4, '0')}AAA`;
      const { query } = JSON.parse(body) as { query: string };
      jobs.set(id, runSoql(query, org.tables, names).rows);
      return { status: 200, body: { id, state: 'UploadComplete' } };
    }
    const [, , , id = '', results] = path.split('/');
    const rows = jobs.get(id);
    if (rows === undefined) return refuse(404, 'NOT_FOUND');
    if (results === undefined) return { status: 200, body: { id, state: 'JobComplete' } };
    const from = Number(url.searchParams.get('locator') ?? '0');
    const size = Number(url.searchParams.get('maxRecords'));
    const page = rows.slice(from, from + size);
    const cell = (value: unknown) =>
      `"${((value ?? '') as string | number | boolean).toString().replaceAll('"', '""')}"`;
    const header = Object.keys(rows[0] ?? { Id: '' });
    const csv = [
      header.map(cell).join(','),
      ...page.map(row => header.map(name => cell(row[name])).join(',')),
    ].join('\n');
    const next = from + size < rows.length ? String(from + size) : 'null';
    return { status: 200, text: `${csv}\n`, headers: { 'sforce-locator': next } };
  };

  const listen = async (request: IncomingMessage, response: ServerResponse) => {
    let body = '';
    for await (const chunk of request) body += String(chunk);
    const url = new URL(request.url ?? '/', 'http://stub');
    const seen = {
      method: request.method ?? 'GET',
      path: url.pathname + url.search,
      body,
      headers: request.headers,
    };
    requests.push(seen);
    const given: Given = org.before?.(seen) ?? answer(seen.method, url, body);
    const text = given.text ?? (given.body === undefined ? '' : JSON.stringify(given.body));
    response.writeHead(given.status, {
      'content-type': given.text === undefined ? 'application/json' : 'text/csv',
      ...given.headers,
    });
    response.end(text);
  };

  const stub = await startStub((request, response) => void listen(request, response));
  return {
    session: salesforceSession(stub.url),
    requests,
    jobs,
    tables: org.tables,
    stop: () => stub.stop(),
  };
}

export const salesforceSession = (apiUrl: string, accessToken = 'sandbox'): CrmSession =>
  withToken(
    {
      tenantId: 'test',
      crm: 'salesforce',
      name: 'Test CRM',
      accountId: '00Dxx0000000001EAA',
      currency: 'EUR',
      apiUrl,
      appUrl: apiUrl,
      kind: 'demo',
      state: { status: 'ok', text: '', since: '2026-01-01T00:00:00.000Z' },
      connectedAt: '2026-01-01T00:00:00.000Z',
    } as const,
    accessToken,
  );
