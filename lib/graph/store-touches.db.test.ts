import * as fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { CrmRecord } from '#lib/core/record.ts';
import type { CrmObject, Subject } from '#lib/core/subject.ts';
import { HOUR_MS, toInstant, type Instant } from '#lib/core/time.ts';
import { openTestDb } from '#lib/platform/testing/test-db.ts';
import { project } from './graph.ts';
import { listTouches } from './store-touches.ts';

let test: Awaited<ReturnType<typeof openTestDb>>;
beforeAll(async () => {
  test = await openTestDb();
});
afterAll(() => test.close());

const hour = (n: number): Instant => toInstant(Date.UTC(2026, 5, 1) + n * HOUR_MS);
const ref = (object: CrmObject, id: string): Subject => ({ crm: 'hubspot', object, id });
const person = ref('contacts', '1');
/** More than are looked at for the newest five, so that what is left out matters. */
const emails = 75;
const most = 5;

const email = (id: number, version: number, at: number, archived: boolean): CrmRecord => ({
  ref: ref('emails', String(id)),
  version: `v${version}`,
  createdAt: hour(0),
  updatedAt: hour(1 + version),
  archived,
  fields: { hs_timestamp: hour(at) },
  history: [],
  links: archived ? [] : [{ to: person, kind: 'default' }],
});

const times = fc.array(fc.integer({ min: -999, max: 999 }), { minLength: emails, maxLength: emails });
const changes = fc.array(
  fc.record({
    id: fc.nat(emails - 1),
    at: fc.integer({ min: -1500, max: 1500 }),
    archived: fc.integer({ min: 0, max: 2 }).map(n => n === 0),
  }),
  { maxLength: 20 },
);

const newestFirst = (a: string, b: string): number => (a < b ? 1 : a > b ? -1 : 0);

let tenants = 0;

it('shows the newest activities, whatever times and archivings were learnt later', async () => {
  await fc.assert(
    fc.asyncProperty(times, changes, fc.boolean(), async (at, later, archiveNewest) => {
      const tenant = `t${(tenants += 1)}`;
      const newest = new Map(at.map((time, id) => [id, email(id, 0, time, false)]));
      await test.db.tenant(tenant, tx => project(tx, [...newest.values()], hour(1)));
      const versions = later.map(({ id, at, archived }, i) => email(id, i + 1, at, archived));
      const inOrder = [...newest.keys()].sort((a, b) => (at[b] ?? 0) - (at[a] ?? 0));
      if (archiveNewest)
        versions.push(...inOrder.slice(0, 60).map((id, i) => email(id, 100 + i, at[id] ?? 0, true)));
      for (const version of versions) {
        newest.set(Number(version.ref.id), version);
        await test.db.tenant(tenant, tx => project(tx, [version], hour(500)));
      }
      const expected = [...newest.values()]
        .filter(one => !one.archived)
        .map(one => one.fields['hs_timestamp'] ?? '')
        .sort(newestFirst);
      const shown = (asOf: Instant, since?: Instant) =>
        test.db.tenant(tenant, async tx => {
          const when = { asOf, view: 'as-learnt' } as const;
          const howMany = { most, text: 10, ...(since === undefined ? {} : { since }) };
          const touches = await listTouches(tx, [{ i: 0, subject: person }], when, howMany);
          return (touches.get(0) ?? []).map(({ touch }) => touch.at);
        });
      expect(await shown(hour(1000))).toEqual(expected.slice(0, most));
      const since = hour(600);
      expect(await shown(hour(1000), since)).toEqual(expected.filter(one => one >= since).slice(0, most));
      const first = at.map(hour).sort(newestFirst);
      expect(await shown(hour(2))).toEqual(first.slice(0, most));
    }),
    { numRuns: 12 },
  );
});
