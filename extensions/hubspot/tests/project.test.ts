import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { placeOf } from '../src/app/cards/place.ts';

const read = (path: string) => JSON.parse(readFileSync(path, 'utf8')) as Record<string, object>;

describe('the project', () => {
  it('builds the card with the versions that it is tested with', () => {
    expect(read('src/app/cards/package.json')['dependencies']).toEqual(read('package.json')['dependencies']);
  });

  it('takes its addresses from the profile alone', () => {
    const variables = Object.keys(read('hsprofile.example.json')['variables'] ?? {});
    for (const file of [
      'src/app/app-hsmeta.json',
      'src/app/webhooks/webhooks-hsmeta.json',
      'src/app/cards/sidecard-sidebar-hsmeta.json',
      'src/app/cards/sidecard-tab-hsmeta.json',
    ]) {
      const text = readFileSync(file, 'utf8');
      expect(text).not.toMatch(/https?:\/\/(?!\$)/);
      for (const [, name] of text.matchAll(/\$\{(\w+)\}/g)) expect(variables).toContain(name);
    }
  });

  it('names no private registry', () => {
    expect(readFileSync('package-lock.json', 'utf8')).not.toContain('"resolved"');
  });
});

describe('where the card stands', () => {
  const crm = { objectId: 7, objectTypeId: '0-3' };
  it('is a record that Sidecard knows, at the address of the profile', () => {
    expect(placeOf({ crm, variables: { SIDECARD_URL: 'https://s.example/' } })).toEqual({
      base: 'https://s.example',
      record: { object: 'deals', id: '7' },
    });
  });

  it('is said where it cannot work', () => {
    expect(placeOf({ crm })).toMatch(/SIDECARD_URL/);
    expect(placeOf({ crm, variables: { SIDECARD_URL: 'http://s.example' } })).toMatch(/SIDECARD_URL/);
    expect(
      placeOf({ crm: { ...crm, objectTypeId: '0-5' }, variables: { SIDECARD_URL: 'https://s.example' } }),
    ).toMatch(/contacts, companies and deals/);
  });
});
