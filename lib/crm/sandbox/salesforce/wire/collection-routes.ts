import { Hono } from 'hono';
import { z } from 'zod';
import { toLongId } from '../ids.ts';
import type { SObject } from '../model/sobject.ts';
import { inTransaction, type Org } from '../org.ts';
import { deleteRecord } from '../records/delete-record.ts';
import type { Input } from '../records/read-input.ts';
import { requireExternalId, upsertRecord } from '../records/upsert-record.ts';
import { createRecord, updateRecord } from '../records/write-record.ts';
import { badJson, notFound, SalesforceRefusal } from '../refusal.ts';
import { loadRow } from '../store/rows.ts';
import { actorOf, pathObject, readJson, type Variables } from './context.ts';
import { renderRecord } from './row-routes.ts';

const MOST_WRITTEN = 200;
const MOST_READ = 2_000;

type Result = { id?: string; success: boolean; errors: object[]; created?: boolean };

const records = z.object({
  allOrNone: z.boolean().default(false),
  records: z.array(z.record(z.string(), z.unknown())).min(1),
});
const retrieval = z.object({ ids: z.array(z.string()).min(1), fields: z.array(z.string()).min(1) });

/** Undoes a whole call, and carries the results that say why. */
class RolledBack extends Error {
  readonly results: Result[];
  constructor(results: Result[]) {
    super('rolled back');
    this.results = results;
  }
}

function checkCount(count: number): void {
  if (count > MOST_WRITTEN) {
    const message = `record limit reached. cannot submit more than ${MOST_WRITTEN} records into this call`;
    throw new SalesforceRefusal('EXCEEDED_ID_LIMIT', message);
  }
}

/** What is wrong with the body itself refuses the whole call: it is read before any record is written. */
const UNREADABLE = new Set(['JSON_PARSER_ERROR', 'INVALID_FIELD']);

/** Does `work` for each record; one that is refused fails alone, or with `allOrNone` undoes them all. */
export function forEachRecord<T>(
  org: Org,
  inputs: T[],
  allOrNone: boolean,
  work: (input: T) => Result,
): Result[] {
  try {
    return inTransaction(org, () => {
      const results = inputs.map((input): Result => {
        try {
          return work(input);
        } catch (error) {
          if (!(error instanceof SalesforceRefusal) || UNREADABLE.has(error.code)) throw error;
          return { success: false, errors: [error.inResult] };
        }
      });
      if (allOrNone && results.some(({ success }) => !success)) throw new RolledBack(results);
      return results;
    });
  } catch (error) {
    if (!(error instanceof RolledBack)) throw error;
    const message =
      'Record rolled back because not all records were valid and the request was using AllOrNone header';
    const undone = { statusCode: 'ALL_OR_NONE_OPERATION_ROLLED_BACK', message, fields: [] };
    return error.results.map(result =>
      result.success ? { ...(result.id ? { id: result.id } : {}), success: false, errors: [undone] } : result,
    );
  }
}

function typeOf(org: Org, record: Input): SObject {
  const attributes = record['attributes'] as { type?: unknown } | undefined;
  const object = typeof attributes?.type === 'string' ? org.schema.find(attributes.type) : undefined;
  if (object) return object;
  throw new SalesforceRefusal(
    'INVALID_TYPE',
    `sObject type '${JSON.stringify(attributes?.type ?? '')}' is not supported.`,
  );
}

/** The object that an id belongs to. */
function ownerOf(org: Org, id: string): { object: SObject; id: string } {
  const long = toLongId(id);
  const row = long === undefined ? undefined : loadRow(org.store, long);
  if (long === undefined)
    throw new SalesforceRefusal('MALFORMED_ID', `malformed id ${id}`, { fields: ['Id'] });
  if (!row)
    throw new SalesforceRefusal('INVALID_CROSS_REFERENCE_KEY', 'invalid cross reference id', {
      fields: ['Id'],
    });
  return { object: org.schema.find(row.type)!, id: long };
}

function withoutId(record: Input): { id: string; input: Input } {
  const { id, Id, ...input } = record;
  const given = id ?? Id;
  if (typeof given !== 'string')
    throw new SalesforceRefusal('MISSING_ARGUMENT', 'Id not specified in an update call', { fields: ['Id'] });
  return { id: given, input };
}

/** Up to 200 records of any objects at a time. */
export function collectionRoutes(org: Org): Hono<{ Variables: Variables }> {
  const routes = new Hono<{ Variables: Variables }>();

  routes.post('/', async c => {
    const { allOrNone, records: inputs } = await readJson(c, records);
    checkCount(inputs.length);
    const actor = actorOf(c);
    return c.json(
      forEachRecord(org, inputs, allOrNone, input => ({
        id: createRecord(org, actor, typeOf(org, input), input).id,
        success: true,
        errors: [],
      })),
    );
  });
  routes.patch('/', async c => {
    const { allOrNone, records: inputs } = await readJson(c, records);
    checkCount(inputs.length);
    const actor = actorOf(c);
    return c.json(
      forEachRecord(org, inputs, allOrNone, record => {
        const object = typeOf(org, record);
        const { id, input } = withoutId(record);
        const long = toLongId(id);
        if (long === undefined)
          throw new SalesforceRefusal('MALFORMED_ID', `malformed id ${id}`, { fields: ['Id'] });
        return {
          id: updateInResult(long, () => updateRecord(org, actor, object, long, input)),
          success: true,
          errors: [],
        };
      }),
    );
  });
  routes.delete('/', c => {
    const ids = (c.req.query('ids') ?? '').split(',').filter(Boolean);
    if (ids.length === 0) throw new SalesforceRefusal('MISSING_ARGUMENT', 'ids must be specified');
    checkCount(ids.length);
    const actor = actorOf(c);
    return c.json(
      forEachRecord(org, ids, c.req.query('allOrNone') === 'true', given => {
        const { object, id } = ownerOf(org, given);
        updateInResult(id, () => deleteRecord(org, actor, object, id));
        return { id, success: true, errors: [] };
      }),
    );
  });
  routes.patch('/:type/:field', async c => {
    const object = pathObject(org, c.req.param('type'));
    const field = requireExternalId(org, object, c.req.param('field'));
    const { allOrNone, records: inputs } = await readJson(c, records);
    checkCount(inputs.length);
    const actor = actorOf(c);
    return c.json(
      forEachRecord(org, inputs, allOrNone, record => {
        if (typeOf(org, record) !== object) {
          throw new SalesforceRefusal('INVALID_TYPE', `All records must be of the type ${object.name}`);
        }
        const name = Object.keys(record).find(key => key.toLowerCase() === field.name.toLowerCase()) ?? '';
        const { [name]: value, ...input } = record;
        if ((typeof value !== 'string' && typeof value !== 'number') || value === '') {
          const fields = [field.name];
          throw new SalesforceRefusal('MISSING_ARGUMENT', `${field.name} not specified`, { fields });
        }
        const { id, created } = upsertRecord(org, actor, object, { field, value: String(value) }, input);
        return { id, success: true, errors: [], created };
      }),
    );
  });

  const retrieve = (version: string, type: string, ids: string[], fields: string[]) => {
    const object = pathObject(org, type);
    if (ids.length > MOST_READ)
      throw new SalesforceRefusal('EXCEEDED_ID_LIMIT', `cannot retrieve more than ${MOST_READ} records`);
    return ids.map(id => {
      const row = loadRow(org.store, toLongId(id) ?? '');
      const there = row && !row.deleted && row.type === object.name;
      return there ? renderRecord(org, version, object, row, fields.join(',')) : null;
    });
  };
  routes.get('/:type', c => {
    const list = (name: string) => (c.req.query(name) ?? '').split(',').filter(Boolean);
    if (list('ids').length === 0 || list('fields').length === 0) throw badJson('ids and fields are required');
    return c.json(retrieve(c.get('version'), c.req.param('type'), list('ids'), list('fields')));
  });
  routes.post('/:type', async c => {
    const { ids, fields } = await readJson(c, retrieval);
    return c.json(retrieve(c.get('version'), c.req.param('type'), ids, fields));
  });
  return routes;
}

/** In a list of results a record that is not there is a bad reference, not a missing page. */
function updateInResult(id: string, work: () => unknown): string {
  try {
    work();
    return id;
  } catch (error) {
    if (error instanceof SalesforceRefusal && error.code === notFound().code) {
      throw new SalesforceRefusal('INVALID_CROSS_REFERENCE_KEY', 'invalid cross reference id');
    }
    throw error;
  }
}
