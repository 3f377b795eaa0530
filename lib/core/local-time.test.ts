import { expect, test } from 'vitest';
import { localTime } from './local-time.ts';
import { zoneIn } from './zones.ts';

test.each([
  ['Europe/Berlin', '2026-12-31T23:30:00.000Z', { weekday: 'Fri', hour: 0, date: '2027-01-01' }],
  ['America/New_York', '2026-11-20T03:00:00.000Z', { weekday: 'Thu', hour: 22, date: '2026-11-19' }],
  ['UTC', '0987-03-01T12:00:00.000Z', { weekday: 'Thu', hour: 12, date: '0987-03-01' }],
])('the wall clock in %s at %s', (zone, at, shown) => {
  expect(localTime(new Date(at), zone)).toEqual(shown);
});

test.each<[string, Record<string, string>, ReturnType<typeof zoneIn>]>([
  [
    'the zone itself first',
    { timezone: 'Asia/Tokyo', city: 'Berlin' },
    { zone: 'Asia/Tokyo', field: 'timezone' },
  ],
  [
    'a zone that does not exist says nothing',
    { hs_timezone: 'mars_slash_base', country: 'Slovakia' },
    { zone: 'Europe/Bratislava', field: 'country' },
  ],
  ['a country of several zones is not guessed', { country: 'Canada' }, null],
])('%s', (_, fields, zone) => {
  expect(zoneIn(field => fields[field] ?? null)).toEqual(zone);
});
