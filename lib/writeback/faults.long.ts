import { expect, test } from 'vitest';
import { openTestDb } from '#lib/platform/testing/test-db.ts';
import { runSeeds, type FaultRun } from './testing/fault-runs.ts';
import { openHubSpotPlace } from './testing/hubspot-place.ts';
import { openSalesforcePlace } from './testing/salesforce-place.ts';
import { summarise } from './testing/summary.ts';

const runsEach = 1000;
const tellEvery = 100;

test('every write under every fault has its effect exactly once, whatever the seed', async () => {
  const all: FaultRun[] = [];
  const ended = (run: FaultRun): void => {
    all.push(run);
    if (all.length % tellEvery === 0) process.stdout.write(`${all.length} of ${2 * runsEach} runs\n`);
  };
  for (const openPlace of [openHubSpotPlace, openSalesforcePlace]) {
    const database = await openTestDb();
    const place = await openPlace();
    await runSeeds(database.db, place, { count: runsEach, ended });
    await place.close();
    await database.close();
  }
  process.stdout.write(`${summarise(all)}\n`);
  expect(all).toHaveLength(2 * runsEach);
});
