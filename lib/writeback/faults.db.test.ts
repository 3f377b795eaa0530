import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestDb } from '#lib/platform/testing/test-db.ts';
import { runSeeds, tableSize } from './testing/fault-runs.ts';
import { openHubSpotPlace } from './testing/hubspot-place.ts';
import { openSalesforcePlace } from './testing/salesforce-place.ts';

// `npm run test:faults` makes many more of the same runs.
describe.each([
  ['HubSpot', openHubSpotPlace],
  ['Salesforce', openSalesforcePlace],
] as const)('every write to %s under every fault, with workers that die', (_, openPlace) => {
  let test: Awaited<ReturnType<typeof openTestDb>>;
  let place: Awaited<ReturnType<typeof openPlace>>;
  beforeAll(async () => {
    [test, place] = await Promise.all([openTestDb(), openPlace()]);
  });
  afterAll(async () => {
    await place.close();
    await test.close();
  });

  it('has its effect exactly once', { timeout: 120_000 }, async () => {
    const count = tableSize(place);
    const runs = await runSeeds(test.db, place, { count });
    expect(new Set(runs.map(run => `${run.kind}, ${run.fault}`)).size).toBe(count);
    expect(runs.filter(run => run.deaths > 0).length).toBeGreaterThan(count / 4);
    expect(runs.filter(run => run.undone).length).toBeGreaterThan(count / 4);
  });
});
