import { Hono } from 'hono';
import { ingestJobRoutes } from '../bulk/ingest-job-routes.ts';
import { queryJobRoutes } from '../bulk/query-job-routes.ts';
import { ORGANIZATION_ID } from '../ids.ts';
import type { Org } from '../org.ts';
import { collectionRoutes } from './collection-routes.ts';
import { compositeRoutes } from './composite-routes.ts';
import { dailyLimit, guard, versions, type Usage, type Variables } from './context.ts';
import { queryRoutes } from './query-routes.ts';
import { rowRoutes } from './row-routes.ts';

const RESOURCES = ['sobjects', 'composite', 'query', 'queryAll', 'limits', 'jobs'];

/** The data interface under /services/data. `self` answers the calls within a composite one. */
export function dataRoutes(
  org: Org,
  usage: Usage,
  self: (request: Request) => Response | Promise<Response>,
): Hono {
  const data = new Hono();
  data.get('/', c => c.json(versions()));

  const version = new Hono<{ Variables: Variables }>();
  version.use(guard(org, usage));
  version.get('/', c => {
    const { origin } = new URL(c.req.url);
    return c.json({
      ...Object.fromEntries(RESOURCES.map(name => [name, `/services/data/${c.get('version')}/${name}`])),
      identity: `${origin}/id/${ORGANIZATION_ID}/${c.get('userId')}`,
    });
  });
  version.get('/limits', c => {
    const full = (Max: number) => ({ Max, Remaining: Max });
    const max = dailyLimit(org);
    return c.json({
      DailyApiRequests: { Max: max, Remaining: Math.max(0, max - usage.used) },
      DailyBulkV2QueryJobs: full(10_000),
      DailyBulkV2QueryFileStorageMB: full(976_562),
      DailyBulkApiBatches: full(15_000),
      HourlyPublishedStandardVolumePlatformEvents: full(1_000),
      DailyStandardVolumePlatformEvents: full(25_000),
      MonthlyPlatformEventsUsageEntitlement: full(0),
      DataStorageMB: full(1_024),
      FileStorageMB: full(1_024),
      SingleEmail: full(5_000),
      MassEmail: full(5_000),
    });
  });
  version.route('/', queryRoutes(org));
  version.route('/sobjects', rowRoutes(org));
  version.route('/composite/sobjects', collectionRoutes(org));
  version.route('/composite', compositeRoutes(self));
  version.route('/jobs/query', queryJobRoutes(org));
  version.route('/jobs/ingest', ingestJobRoutes(org));
  data.route('/:version', version);
  return data;
}
