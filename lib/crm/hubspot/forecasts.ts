import type { Page } from '../doors.ts';
import { readDefinitions } from './account.ts';
import { version, type HubSpot } from './api.ts';
import { plainRecord, valueOf } from './normalise.ts';
import { readPage } from './page.ts';
import { WireRecord } from './wire.ts';

/** What reps and managers submitted as their forecast. HubSpot publishes a list of them and no reading by id. */
export async function readForecasts(hubspot: HubSpot, after: string | null): Promise<Page> {
  const names = (await readDefinitions(hubspot, 'forecasts')).map(({ name }) => name);
  const path = `/crm/objects/${version}/forecasts`;
  const query = { properties: names.join(',') };
  const page = await readPage(hubspot, { path, after, query, doing: 'reading forecasts' }, WireRecord);
  const records = page.results.map(wire => {
    const own = Object.entries(wire.properties).map(([name, value]) => [name, valueOf(value)]);
    return plainRecord('forecasts', wire.id, Object.fromEntries(own), wire);
  });
  return { records, next: page.next };
}
