import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { lint } from './lint.ts';
import { allowedSources, lintPlants } from './lint-plants.ts';
import { plant } from './plant.ts';

describe('the linter', () => {
  const house = plant(Object.fromEntries([...lintPlants.map(([, ...file]) => file), ...allowedSources]));
  let found: Awaited<ReturnType<typeof lint>>;
  beforeAll(async () => {
    found = await lint(house.root);
  });
  afterAll(() => house.remove());
  const brokenBy = (path: string) => found.filter(({ file }) => file === path).map(({ rule }) => rule);

  it.each(lintPlants)('%s is caught in %s', (rule, path) => {
    expect(brokenBy(path)).toEqual([rule]);
  });

  it.each(allowedSources)('%s passes', path => {
    expect(brokenBy(path)).toEqual([]);
  });
});
