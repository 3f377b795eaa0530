import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { becameKind, type CrmRecord } from '#lib/core/record.ts';
import { subjectKey, type Crm, type CrmObject, type Subject } from '#lib/core/subject.ts';
import { toInstant, type Instant } from '#lib/core/time.ts';
import { openTestDb } from '#lib/platform/testing/test-db.ts';
import { factsAbout, noticeAllSame, project, samePeopleOf, sayIdentity } from './graph.ts';
import { accountGraph, duplicatesOf, listIdentities } from './read.ts';

let test: Awaited<ReturnType<typeof openTestDb>>;
beforeAll(async () => {
  test = await openTestDb();
});
afterAll(() => test.close());

const day = (n: number): Instant => toInstant(Date.UTC(2026, 0, 1) + n * 86_400_000);
const ref = (object: CrmObject, id: string, crm: Crm = 'salesforce'): Subject => ({ crm, object, id });
const record = (subject: Subject, fields: CrmRecord['fields'], more: Partial<CrmRecord> = {}): CrmRecord => ({
  ref: subject,
  version: `v${more.updatedAt ?? ''}`,
  createdAt: day(0),
  updatedAt: day(0),
  archived: false,
  fields,
  history: [],
  links: [],
  ...more,
});
let tenants = 0;
const freshTenant = () => `s${(tenants += 1)}`;
const learn = (tenant: string, records: CrmRecord[], at: Instant) =>
  test.db.tenant(tenant, tx => project(tx, records, at));
const heldOf = async (tenant: string, subject: Subject, asOf: Instant = day(99)) =>
  (await test.db.tenant(tenant, tx => duplicatesOf(tx, subject, asOf))).map(({ a, b, state, reason }) => [
    [String(a.subject?.id), String(b.subject?.id)].toSorted().join('='),
    state,
    reason,
  ]);

const [lead, contact, other] = [ref('leads', 'l1'), ref('contacts', 'c1'), ref('contacts', 'c2')];
const ana = { firstname: 'Ana', lastname: 'Alvarez' };

describe('who is the same', () => {
  it.each([
    [
      'one address',
      { ...ana, email: 'Ana@acme.example' },
      { ...ana, email: 'ana@acme.example' },
      ['same', 'same-email'],
    ],
    [
      'one address of two names',
      { ...ana, email: 'a@acme.example' },
      { firstname: 'Bo', lastname: 'Berg', email: 'a@acme.example' },
      ['suggested', 'same-email'],
    ],
    [
      'a mailbox of many',
      { ...ana, email: 'info@acme.example' },
      { lastname: 'Berg', email: 'info@acme.example' },
      null,
    ],
    [
      'one number, written in two ways, and name',
      { ...ana, phone: '030 1234567', country: 'Germany' },
      { ...ana, phone: '+49 30 1234567' },
      ['same', 'same-phone-and-name'],
    ],
    [
      'a switchboard',
      { ...ana, phone: '+49 30 1234567' },
      { firstname: 'Bo', lastname: 'Berg', phone: '+49 30 1234567' },
      null,
    ],
    [
      'name and organisation',
      { ...ana, email: 'ana@acme.co.uk' },
      { ...ana, email: 'a.alvarez@mail.acme.co.uk' },
      ['suggested', 'same-name-and-domain'],
    ],
    [
      'name and a mail host',
      { ...ana, email: 'ana@gmail.com' },
      { ...ana, email: 'a.alvarez@gmail.com' },
      null,
    ],
  ] as const)('%s', async (_, a, b, expected) => {
    const tenant = freshTenant();
    await learn(tenant, [record(lead, a)], day(1));
    await learn(tenant, [record(contact, b)], day(2));
    expect(await heldOf(tenant, contact)).toEqual(expected ? [['c1=l1', ...expected]] : []);
    expect(await heldOf(tenant, contact, day(1))).toEqual([]);
  });

  it.each([
    [
      { name: 'Acme GmbH', domain: 'acme.example' },
      { name: 'ACME', website: 'https://www.acme.example/de' },
      ['same', 'same-domain-and-name'],
    ],
    [
      { name: 'Acme GmbH', domain: 'acme.example' },
      { name: 'Acme Logistics', domain: 'acme.example' },
      ['suggested', 'same-domain'],
    ],
    [
      { name: 'Acme S.A.', country: 'Spain' },
      { name: 'acme', country: 'Spain' },
      ['suggested', 'same-name-and-country'],
    ],
    [{ name: 'Acme S.A.', country: 'Spain' }, { name: 'acme', country: 'France' }, null],
  ] as const)('accounts %o and %o', async (a, b, expected) => {
    const tenant = freshTenant();
    const [one, two] = [ref('companies', 'a1'), ref('companies', 'a2')];
    await learn(tenant, [record(one, a), record(two, b)], day(1));
    expect(await heldOf(tenant, two)).toEqual(expected ? [['a1=a2', ...expected]] : []);
  });

  it('is found by a full pass as by reading, and vendor merges stay as they are', async () => {
    const tenant = freshTenant();
    const email = 'ana@acme.example';
    await learn(tenant, [record(lead, { ...ana, email }), record(contact, { ...ana, email })], day(1));
    await test.db.tenant(tenant, async tx => {
      expect(await noticeAllSame(tx, { after: null, limit: 10 }, day(2))).toHaveLength(2);
      expect(await listIdentities(tx, { limit: 10, asOf: day(3) })).toHaveLength(1);
    });
    const converted = freshTenant();
    const links = [{ to: contact, kind: becameKind }];
    await learn(
      converted,
      [record(contact, { ...ana, email }), record(lead, { ...ana, email }, { links })],
      day(1),
    );
    expect(await heldOf(converted, contact)).toEqual([]);
  });

  it('no longer, once the mark that said so is gone; what a person said stays', async () => {
    const tenant = freshTenant();
    const email = 'ana@acme.example';
    const at = day(3);
    await learn(
      tenant,
      [record(lead, { ...ana, email }), record(contact, { ...ana, email }), record(other, { email })],
      day(1),
    );
    await test.db.tenant(tenant, tx => sayIdentity(tx, { a: lead, b: other, state: 'same' }, 'rita', day(2)));
    await learn(
      tenant,
      [record(lead, { ...ana, email: 'x@y.example' }, { updatedAt: at, version: 'v2' })],
      at,
    );
    expect(await heldOf(tenant, lead)).toContainEqual(['c2=l1', 'same', 'said-by-a-person']);
    expect((await heldOf(tenant, lead)).filter(([pair]) => pair === 'c1=l1')).toEqual([]);
    expect(await heldOf(tenant, lead, day(2))).toContainEqual(['c1=l1', 'same', 'same-email']);
  });
});

describe('what the same share', () => {
  const acme = ref('companies', 'acme');
  const mail = (id: string, who: Subject) =>
    record(
      ref('emails', id),
      { hs_timestamp: day(1), hs_email_text: 'x' },
      { links: [{ to: who, kind: 'plain' }] },
    );
  const email = 'ana@acme.example';
  const touchesOf = async (tenant: string, subject: Subject) =>
    (await test.db.tenant(tenant, tx => factsAbout(tx, subject, day(9)))).touches
      .map(({ ref: one }) => one.id)
      .toSorted();
  const story = [
    record(acme, { name: 'Acme' }),
    record(lead, { ...ana, email }),
    record(contact, { ...ana, email, phone: '+49301234567' }, { links: [{ to: acme, kind: 'primary' }] }),
    mail('e1', lead),
    mail('e2', contact),
  ];

  it('are touches and people, and taken apart all is as it was, for good', async () => {
    const tenant = freshTenant();
    await learn(tenant, story, day(1));
    expect(await touchesOf(tenant, lead)).toEqual(['e1', 'e2']);
    expect(await test.db.tenant(tenant, tx => factsAbout(tx, lead, day(9)))).toMatchObject({
      account: { subject: acme },
    });
    const graph = await test.db.tenant(tenant, tx => accountGraph(tx, acme, day(9)));
    expect(graph.nodes.filter(({ name }) => name === 'Ana Alvarez')).toMatchObject([
      { sameAs: ['salesforce:leads:l1'] },
    ]);
    expect(graph.stream).toHaveLength(2);
    // Nothing of the records themselves is merged.
    const facts = await test.db.tenant(tenant, tx => factsAbout(tx, lead, day(9)));
    expect(facts.fields['phone']).toBeUndefined();

    await test.db.tenant(tenant, tx =>
      sayIdentity(tx, { a: lead, b: contact, state: 'different' }, 'rita', day(2)),
    );
    expect(await touchesOf(tenant, lead)).toEqual(['e1']);
    expect(await touchesOf(tenant, contact)).toEqual(['e2']);
    await learn(
      tenant,
      [record(lead, { ...ana, email, city: 'Bonn' }, { updatedAt: day(3), version: 'v2' })],
      day(3),
    );
    await test.db.tenant(tenant, tx => noticeAllSame(tx, { after: null, limit: 10 }, day(4)));
    expect(await touchesOf(tenant, lead)).toEqual(['e1']);
    expect(await heldOf(tenant, lead)).toEqual([['c1=l1', 'different', 'said-by-a-person']]);
  });

  it('whatever people say in whatever order: apart is apart, and nobody else is torn from the group', async () => {
    const people = ['1', '2', '3', '4'].map(id => ref('contacts', id));
    const step = fc.record({
      pair: fc.shuffledSubarray(people, { minLength: 2, maxLength: 2 }),
      state: fc.constantFrom('same' as const, 'different' as const),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 6 }), async steps => {
        const tenant = freshTenant();
        await learn(
          tenant,
          people.map(one => record(one, { lastname: one.id })),
          day(0),
        );
        for (const [i, { pair, state }] of steps.entries()) {
          const [a, b] = pair as [Subject, Subject];
          await test.db.tenant(tenant, tx => sayIdentity(tx, { a, b, state }, 'rita', day(1 + i)));
          const group = await test.db.tenant(tenant, tx => samePeopleOf(tx, a, day(1 + i)));
          expect(group.map(subjectKey).includes(subjectKey(b))).toBe(state === 'same');
        }
        for (const one of people)
          for (const far of await test.db.tenant(tenant, tx => samePeopleOf(tx, one, day(50))))
            expect(
              (await test.db.tenant(tenant, tx => samePeopleOf(tx, far, day(50)))).map(subjectKey),
            ).toContain(subjectKey(one));
      }),
      { numRuns: 15 },
    );
  });

  it('a rule does not bring together by a third what was taken apart', async () => {
    const tenant = freshTenant();
    await learn(tenant, [record(lead, { ...ana, email }), record(contact, { ...ana, email })], day(1));
    await test.db.tenant(tenant, tx =>
      sayIdentity(tx, { a: lead, b: contact, state: 'different' }, 'rita', day(2)),
    );
    await learn(tenant, [record(other, { ...ana, email })], day(3));
    expect((await heldOf(tenant, other)).map(([, state]) => state)).toContain('suggested');
    expect(
      (await test.db.tenant(tenant, tx => samePeopleOf(tx, lead, day(9)))).map(({ id }) => id),
    ).not.toContain('c1');
  });

  it('of unlike records nothing can be said', async () => {
    const tenant = freshTenant();
    await learn(tenant, story, day(1));
    const say = (a: Subject, b: Subject) =>
      test.db.tenant(tenant, tx => sayIdentity(tx, { a, b, state: 'same' }, 'rita', day(2)));
    await expect(say(lead, acme)).rejects.toMatchObject({ code: 'bad_input' });
    await expect(say(lead, ref('contacts', 'nobody'))).rejects.toMatchObject({ code: 'not_found' });
  });
});
