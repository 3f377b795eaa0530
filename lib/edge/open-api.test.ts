import { globSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { openApi } from './open-api.ts';

describe('the description of the HTTP interface', () => {
  it('has every address that there is, and no other', () => {
    const routes = globSync('app/api/**/route.ts')
      .map(file => file.slice('app'.length, -'/route.ts'.length).replaceAll(/\[(\w+)\]/g, '{$1}'))
      .filter(path => path !== '/api/openapi.json');
    const { paths } = openApi() as { paths: object };
    expect(Object.keys(paths).toSorted()).toEqual(routes.toSorted());
  });
});
