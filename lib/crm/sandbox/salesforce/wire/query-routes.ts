import { Hono } from 'hono';
import type { Org } from '../org.ts';
import { SalesforceRefusal } from '../refusal.ts';
import { nextPage, runQuery, type Cursors, type QueryOptions } from '../soql/run.ts';
import type { Ctx, Variables } from './context.ts';

const FEWEST = 200;
const MOST = 2_000;

function optionsOf(c: Ctx, deleted: boolean): QueryOptions {
  const asked = /batchSize\s*=\s*(\d+)/i.exec(c.req.header('sforce-query-options') ?? '')?.[1];
  const batchSize = Math.min(Math.max(Number(asked ?? MOST), FEWEST), MOST);
  return { version: c.get('version'), batchSize, deleted };
}

/** SOQL over GET; longer results come in pages of 200 to 2,000. */
export function queryRoutes(org: Org): Hono<{ Variables: Variables }> {
  const routes = new Hono<{ Variables: Variables }>();
  const cursors: Cursors = new Map();
  for (const [path, deleted] of [
    ['query', false],
    ['queryAll', true],
  ] as const) {
    routes.get(`/${path}`, c => {
      const soql = c.req.query('q');
      if (soql === undefined)
        throw new SalesforceRefusal('MALFORMED_QUERY', 'A query string has to be specified');
      return c.json(runQuery(org, cursors, soql, optionsOf(c, deleted)));
    });
    routes.get(`/${path}/:place`, c =>
      c.json(nextPage(org, cursors, c.req.param('place'), optionsOf(c, deleted))),
    );
  }
  return routes;
}
