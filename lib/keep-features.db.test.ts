import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { becameKind, type CrmRecord } from '#lib/core/record.ts';
import { subjectKey, type CrmObject, type Subject } from '#lib/core/subject.ts';
import { HOUR_MS, toInstant, type Instant } from '#lib/core/time.ts';
import { canonicalJson } from '#lib/platform/hash.ts';
import { openTestDb } from '#lib/platform/testing/test-db.ts';
import { deriveRows, noteLearnt, rowsToScore, type ScoringSchema } from './keep-features.ts';
import { stages as s } from './stages.ts';

let test: Awaited<ReturnType<typeof openTestDb>>;
beforeAll(async () => {
  test = await openTestDb();
});
afterAll(() => test.close());

const hour = (n: number): Instant => toInstant(Date.UTC(2026, 5, 1) + n * HOUR_MS);
const ref = (object: CrmObject, id: string): Subject => ({ crm: 'salesforce', object, id });
const people = [ref('contacts', '1'), ref('contacts', '2'), ref('contacts', '3'), ref('leads', '1')];
const schema: ScoringSchema = { hash: 'the base', body: s.features.baseSchema, reads: facts => facts };

let tenants = 0;
const freshTenant = () => `t${(tenants += 1)}`;

const words = fc.constantFrom('Head of IT', 'Driver', null);
const links = (to: Subject[]) =>
  fc.subarray(to).map(chosen => chosen.map(one => ({ to: one, kind: 'default' })));

/** Fields and links that a version of a record of each kind may have. */
const contents: [Subject, fc.Arbitrary<Pick<CrmRecord, 'fields' | 'links'>>][] = [
  ...people.map((person): (typeof contents)[number] => [
    person,
    fc.record({
      fields: fc.record({
        jobtitle: words,
        hs_lead_status: fc.constantFrom('OPEN', 'UNQUALIFIED', null),
        lifecyclestage: fc.constantFrom('lead', 'customer'),
        email: fc.constantFrom(`${person.object}${person.id}@fleet.example`, 'shared@fleet.example', null),
      }),
      links:
        person.object === 'leads'
          ? fc.constantFrom([], [{ to: ref('contacts', '1'), kind: becameKind }])
          : links([ref('companies', '1'), ref('companies', '2')]),
    }),
  ]),
  ...['1', '2'].map((id): (typeof contents)[number] => [
    ref('companies', id),
    fc.record({
      fields: fc.record({ industry: words, numberofemployees: fc.constantFrom('5', '5000', null) }),
      links: fc.constant([]),
    }),
  ]),
  [
    ref('deals', '1'),
    fc.record({
      fields: fc.record({ dealstage: words, amount: fc.constantFrom('10', '99.5', '-1') }),
      links: links([ref('contacts', '1'), ref('companies', '2')]),
    }),
  ],
  ...['1', '2', '3'].map((id): (typeof contents)[number] => [
    ref('emails', id),
    fc.record({
      fields: fc.record({
        hs_timestamp: fc.integer({ min: -600, max: 40 }).map(hour),
        hs_email_direction: fc.constantFrom('EMAIL', 'INCOMING_EMAIL'),
        hs_email_text: fc.constantFrom('We have the budget. Send a quote.', 'No.\0\ud800', null),
      }),
      links: links([...people, ref('companies', '1')]),
    }),
  ]),
];

/** One step an hour: a version of a record is learnt, and features of some people are derived and stored. */
const steps = fc
  .array(
    fc.constantFrom(...contents).chain(([subject, content]) =>
      fc.record({
        subject: fc.constant(subject),
        content,
        late: fc.integer({ min: 0, max: 3 }),
        archived: fc.integer({ min: 0, max: 9 }).map(n => n === 0),
        derived: fc.subarray(people),
      }),
    ),
    { minLength: 3, maxLength: 14 },
  )
  .map(all =>
    all.map(({ subject, content, late, archived, derived }, i) => ({
      derived,
      now: hour(10 * i),
      record: {
        ref: subject,
        version: `v${i}`,
        createdAt: hour(-700),
        updatedAt: hour(10 * i - 12 * late - 1),
        archived,
        history: [],
        ...content,
      } satisfies CrmRecord,
    })),
  );

describe('stored features', () => {
  it('equal a rebuild from the facts as of then; where they are fresh, nothing was learnt since', async () => {
    let fresh = 0;
    await fc.assert(
      fc.asyncProperty(steps, async history => {
        const tenant = freshTenant();
        for (const { record, derived, now } of history) {
          await test.db.tenant(tenant, async tx => {
            await s.graph.project(tx, [record], now);
            await noteLearnt(tx, [record], now, s);
          });
          const rows = await test.db.reading(tenant, tx => deriveRows(tx, derived, schema, now, s));
          await test.db.tenant(tenant, tx => s.features.storeRows(tx, schema, rows));
        }
        const now = history.at(-1)?.now ?? hour(0);
        await test.db.tenant(tenant, async tx => {
          const stored = await s.features.storedRows(tx, schema, people, now);
          for (const { subject, row, fresh: isFresh } of stored.values()) {
            const then = await s.graph.factsAbout(tx, subject, row.asOf);
            expect(canonicalJson(row)).toBe(canonicalJson(s.features.derive(then, schema.body, row.asOf)));
            if (!isFresh) continue;
            fresh += 1;
            expect(await s.graph.factsAbout(tx, subject, now)).toEqual({ ...then, asOf: now });
          }
        });
      }),
      { numRuns: 20 },
    );
    expect(fresh).toBeGreaterThan(10);
  });

  const person = people[0] as Subject;
  const version = (subject: Subject, n: number, more: Partial<CrmRecord> = {}): CrmRecord => ({
    ref: subject,
    version: `v${n}`,
    createdAt: hour(0),
    updatedAt: hour(n),
    archived: false,
    fields: { jobtitle: `title ${n}` },
    history: [],
    links: [],
    ...more,
  });
  const learn = (tenant: string, records: CrmRecord[], now: Instant) =>
    test.db.tenant(tenant, async tx => {
      await s.graph.project(tx, records, now);
      await noteLearnt(tx, records, now, s);
    });
  const anew = async (tenant: string, now: Instant) => {
    const { rows, anew } = await test.db.reading(tenant, tx =>
      rowsToScore(tx, [person, ref('contacts', '2')], schema, now, s),
    );
    await test.db.tenant(tenant, tx => s.features.storeRows(tx, schema, anew));
    expect(rows.map(row => subjectKey(row.subject)).toSorted()).toEqual([
      'salesforce:contacts:1',
      'salesforce:contacts:2',
    ]);
    return anew.map(row => row.subject.id);
  };

  it('are derived anew after a day, after a change of the person or around them, and for no other reason', async () => {
    const tenant = freshTenant();
    const company = ref('companies', '1');
    await learn(
      tenant,
      [
        version(company, 1),
        version(person, 1, { links: [{ to: company, kind: 'default' }] }),
        version(ref('contacts', '2'), 1),
      ],
      hour(1),
    );
    expect(await anew(tenant, hour(2))).toEqual(['1', '2']);
    expect(await anew(tenant, hour(3))).toEqual([]);
    await learn(tenant, [version(ref('contacts', '2'), 4)], hour(4));
    expect(await anew(tenant, hour(5))).toEqual(['2']);
    await learn(tenant, [version(company, 6)], hour(6));
    expect(await anew(tenant, hour(7))).toEqual(['1']);
    const email = version(ref('emails', '1'), 8, { links: [{ to: person, kind: 'default' }] });
    await learn(tenant, [email], hour(8));
    expect(await anew(tenant, hour(9))).toEqual(['1']);
    expect(await anew(tenant, hour(28))).toEqual([]);
    expect(await anew(tenant, hour(30))).toEqual(['2']);
    await test.db.tenant(tenant, tx => s.features.noteManyChanges(tx));
    expect(await anew(tenant, hour(31))).toEqual(['1', '2']);
  });

  it('are not taken for fresh when something was learnt while they were derived', async () => {
    const tenant = freshTenant();
    await learn(tenant, [version(person, 1)], hour(1));
    const rows = await test.db.reading(tenant, tx => deriveRows(tx, [person], schema, hour(3), s));
    await learn(tenant, [version(person, 2)], hour(2));
    await test.db.tenant(tenant, tx => s.features.storeRows(tx, schema, rows));
    const stored = await test.db.tenant(tenant, tx => s.features.storedRows(tx, schema, [person], hour(3)));
    expect(stored.get(subjectKey(person))?.fresh).toBe(false);
  });

  it('of a person around whom somebody is forgotten are forgotten too', async () => {
    const tenant = freshTenant();
    const company = ref('companies', '1');
    const at = { links: [{ to: company, kind: 'default' }] };
    await learn(
      tenant,
      [
        version(company, 1),
        version(person, 1, at),
        version(ref('contacts', '2'), 1, at),
        version(ref('contacts', '3'), 1),
      ],
      hour(1),
    );
    const all = await test.db.reading(tenant, tx => deriveRows(tx, people, schema, hour(2), s));
    await test.db.tenant(tenant, tx => s.features.storeRows(tx, schema, all));
    await test.db.tenant(tenant, async tx => {
      expect(await s.features.forgetRows(tx, [person])).toBe(2);
      const left = await s.features.storedRows(tx, schema, people, hour(2));
      expect([...left.keys()]).toEqual(['salesforce:contacts:3']);
    });
  });
});
