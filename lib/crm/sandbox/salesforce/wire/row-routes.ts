import { createHash } from 'node:crypto';
import { Hono } from 'hono';
import { z } from 'zod';
import { toLongId } from '../ids.ts';
import { describeBriefly, describeObject } from '../model/describe.ts';
import type { SObject } from '../model/sobject.ts';
import type { Org } from '../org.ts';
import { deleteRecord } from '../records/delete-record.ts';
import { findByExternalId, requireExternalId, upsertRecord } from '../records/upsert-record.ts';
import { createRecord, requireRow, updateRecord } from '../records/write-record.ts';
import { notFound, SalesforceRefusal } from '../refusal.ts';
import { renderRows, type Rendered } from '../soql/render.ts';
import { resolvePath } from '../soql/resolve.ts';
import type { Row } from '../store/rows.ts';
import { actorOf, pathObject, readJson, type Ctx, type Variables } from './context.ts';
import { changedBetween } from './replication.ts';

const recordBody = z.record(z.string(), z.unknown());

function longId(id: string): string {
  const long = toLongId(id);
  if (long === undefined)
    throw notFound(`Provided external ID field does not exist or is not accessible: ${id}`);
  return long;
}

/** A record with the fields that were asked for, or all of them. */
export function renderRecord(
  org: Org,
  version: string,
  object: SObject,
  row: Row,
  fields?: string,
): Rendered {
  const names = fields ? fields.split(',').map(name => name.trim()) : object.fields.map(({ name }) => name);
  const paths = names.map(name => resolvePath(org, object, { names: name.split('.'), at: 0 }, name));
  return renderRows(org, version, [row], paths)[0]!;
}

function etagOf(rendered: Rendered): string {
  return `"${createHash('sha1').update(JSON.stringify(rendered)).digest('base64')}"`;
}

const listed = (header: string, etag: string) =>
  header.trim() === '*' || header.split(',').some(one => one.trim().replace('-gzip"', '"') === etag);

/** True if the request's preconditions let it through; a 304 or 412 otherwise. Dates count whole seconds. */
function precondition(c: Ctx, row: Row, etag: string | undefined): 200 | 304 | 412 {
  const changed = Math.floor(Date.parse(String(row.fields['LastModifiedDate'])) / 1000) * 1000;
  const read = (name: string) => {
    const value = c.req.header(name);
    if (value === undefined) return undefined;
    const at = Date.parse(value);
    if (!Number.isNaN(at)) return at;
    throw new SalesforceRefusal('BAD_REQUEST', `Invalid value for the header ${name}`);
  };
  const [since, unmodified] = [read('If-Modified-Since'), read('If-Unmodified-Since')];
  const match = c.req.header('If-Match');
  const noneMatch = c.req.header('If-None-Match');
  if (etag !== undefined && match !== undefined && !listed(match, etag)) return 412;
  if (unmodified !== undefined && changed > unmodified) return 412;
  if (etag !== undefined && noneMatch !== undefined && listed(noneMatch, etag)) {
    return c.req.method === 'GET' ? 304 : 412;
  }
  return since !== undefined && c.req.method === 'GET' && changed <= since ? 304 : 200;
}

/** sObject rows, by id and by external id, and what is told about objects. */
export function rowRoutes(org: Org): Hono<{ Variables: Variables }> {
  const routes = new Hono<{ Variables: Variables }>();
  const started = Math.floor(org.store.now() / 1000) * 1000;

  routes.get('/', c =>
    c.json({
      encoding: 'UTF-8',
      maxBatchSize: 200,
      sobjects: org.schema.objects.map(object => describeBriefly(object, c.get('version'))),
    }),
  );
  routes.get('/:type', c => {
    const object = pathObject(org, c.req.param('type'));
    return c.json({ objectDescribe: describeBriefly(object, c.get('version')), recentItems: [] });
  });
  routes.get('/:type/describe', c => {
    const object = pathObject(org, c.req.param('type'));
    const since = Date.parse(c.req.header('If-Modified-Since') ?? '');
    if (org.schema.version() === 0 && since >= started) return c.body(null, 304);
    c.header('Last-Modified', new Date(started).toUTCString());
    return c.json(describeObject(org.schema, object, c.get('version')));
  });
  for (const what of ['updated', 'deleted'] as const) {
    routes.get(`/:type/${what}`, c => {
      const object = pathObject(org, c.req.param('type'));
      return c.json(changedBetween(org, object, what, c.req.query('start'), c.req.query('end')));
    });
  }
  routes.post('/:type', async c => {
    const object = pathObject(org, c.req.param('type'));
    const { id } = createRecord(org, actorOf(c), object, await readJson(c, recordBody));
    return c.json({ id, success: true, errors: [] }, 201);
  });

  const read = (c: Ctx, object: SObject, id: string) => {
    const row = requireRow(org, object, longId(id));
    const isAccount = object.name === 'Account';
    const whole = renderRecord(org, c.get('version'), object, row);
    const etag = isAccount ? etagOf(whole) : undefined;
    const answer = precondition(c, row, etag);
    if (answer !== 200) return c.body(null, answer);
    if (etag !== undefined) c.header('ETag', etag);
    c.header('Last-Modified', new Date(String(row.fields['LastModifiedDate'])).toUTCString());
    const fields = c.req.query('fields');
    return c.json(fields ? renderRecord(org, c.get('version'), object, row, fields) : whole);
  };
  const change = async (c: Ctx, object: SObject, id: string) => {
    const long = longId(id);
    const row = requireRow(org, object, long);
    const etag =
      object.name === 'Account' ? etagOf(renderRecord(org, c.get('version'), object, row)) : undefined;
    if (precondition(c, row, etag) === 412) return c.body(null, 412);
    updateRecord(org, actorOf(c), object, long, await readJson(c, recordBody));
    return c.body(null, 204);
  };
  routes.get('/:type/:id', c => read(c, pathObject(org, c.req.param('type')), c.req.param('id')));
  routes.patch('/:type/:id', c => change(c, pathObject(org, c.req.param('type')), c.req.param('id')));
  routes.post('/:type/:id', c => {
    if (c.req.query('_HttpMethod') !== 'PATCH') {
      throw new SalesforceRefusal(
        'METHOD_NOT_ALLOWED',
        'HTTP Method POST not allowed. Allowed are HEAD,GET,PATCH,DELETE',
        { status: 405 },
      );
    }
    return change(c, pathObject(org, c.req.param('type')), c.req.param('id'));
  });
  routes.delete('/:type/:id', c => {
    deleteRecord(org, actorOf(c), pathObject(org, c.req.param('type')), longId(c.req.param('id')));
    return c.body(null, 204);
  });

  const byKey = (c: Ctx) => {
    const { type = '', field: name = '', value = '' } = c.req.param() as Record<string, string>;
    const object = pathObject(org, type);
    const field = requireExternalId(org, object, name);
    return { object, field, value, ids: findByExternalId(org, object, field, value) };
  };
  const onlyOne = (c: Ctx) => {
    const { object, ids } = byKey(c);
    if (ids.length === 0) throw notFound();
    return { object, id: ids[0]! };
  };
  const choices = (c: Ctx, object: SObject, ids: string[]) =>
    c.json(
      ids.map(id => `/services/data/${c.get('version')}/sobjects/${object.name}/${id}`),
      300,
    );
  routes.get('/:type/:field/:value', c => {
    const { object, ids } = byKey(c);
    if (ids.length > 1) return choices(c, object, ids);
    return read(c, object, onlyOne(c).id);
  });
  routes.patch('/:type/:field/:value', async c => {
    const { object, field, value, ids } = byKey(c);
    if (ids.length > 1) return choices(c, object, ids);
    const { id, created } = upsertRecord(
      org,
      actorOf(c),
      object,
      { field, value },
      await readJson(c, recordBody),
    );
    return c.json({ id, success: true, errors: [], created }, created ? 201 : 200);
  });
  routes.delete('/:type/:field/:value', c => {
    const { object, id } = onlyOne(c);
    deleteRecord(org, actorOf(c), object, id);
    return c.body(null, 204);
  });
  return routes;
}
