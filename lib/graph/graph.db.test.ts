import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { valueOf, type Facts } from '#lib/core/fact.ts';
import type { CrmRecord } from '#lib/core/record.ts';
import { subjectKey, type CrmObject, type Subject } from '#lib/core/subject.ts';
import { toInstant, type Instant } from '#lib/core/time.ts';
import { openTestDb } from '#lib/platform/testing/test-db.ts';
import {
  factsAbout,
  factsAboutMany,
  ownerOf,
  pipelines,
  project,
  propertyDefinitions,
  subjectsOf,
} from './graph.ts';
import { accountNamesOf, nameOf, ownersOf, searchSubjects } from './read.ts';
import { recordArbitrary } from './testing/random-versions.ts';
import { knownThen, recordedThen, type Learnt } from './testing/reference.ts';

let test: Awaited<ReturnType<typeof openTestDb>>;
beforeAll(async () => {
  test = await openTestDb();
});
afterAll(() => test.close());

const day = (n: number): Instant => toInstant(Date.UTC(2026, 0, 1) + n * 86_400_000);
const ref = (object: CrmObject, id: string): Subject => ({ crm: 'hubspot', object, id });
const record = (subject: Subject, more: Partial<CrmRecord> = {}): CrmRecord => ({
  ref: subject,
  version: 'v1',
  createdAt: day(0),
  updatedAt: day(1),
  archived: false,
  fields: {},
  history: [],
  links: [],
  ...more,
});
const link = (object: CrmObject, id: string, kind = 'plain') => ({ to: ref(object, id), kind });

let tenants = 0;
const freshTenant = () => `t${(tenants += 1)}`;
const projectAll = (tenant: string, learnt: readonly Learnt[]) =>
  test.db.tenant(tenant, async tx => {
    for (const { record, learntAt } of learnt) await project(tx, [record], learntAt);
  });
const shown = (facts: Facts | undefined) =>
  facts && {
    values: Object.fromEntries(
      Object.keys(facts.fields)
        .filter(name => name !== 'record_archived' && valueOf(facts, name) !== null)
        .map(name => [name, valueOf(facts, name)]),
    ),
    account: facts.account?.subject.id ?? null,
    deals: facts.deals.map(deal => deal.subject.id).toSorted(),
    people: facts.people.map(person => person.subject.id).toSorted(),
    touches: facts.touches.map(touch => `${subjectKey(touch.ref)}@${touch.version}`),
  };

describe('facts as of a time', () => {
  it('as learnt: equal a naive reading of the versions learnt by then, in whatever order they came', async () => {
    await fc.assert(
      fc.asyncProperty(recordArbitrary, fc.integer({ min: 0, max: 60 }), async (learnt, asOfDay) => {
        const tenant = freshTenant();
        await projectAll(tenant, learnt);
        const subjects = [
          ref('contacts', '1'),
          ref('contacts', '2'),
          ref('deals', '1'),
          ref('companies', '1'),
        ];
        const all = await test.db.tenant(tenant, tx => factsAboutMany(tx, subjects, day(asOfDay)));
        for (const subject of subjects) {
          const facts = all.find(one => subjectKey(one.subject) === subjectKey(subject));
          expect(shown(facts)).toEqual(knownThen(learnt, subject, day(asOfDay)));
          for (const fact of everyFact(facts)) expect(fact.learntAt <= day(asOfDay)).toBe(true);
        }
      }),
      { numRuns: 25 },
    );
  });

  it('as recorded: show of a field with a history what held then, and nothing that was recorded later', async () => {
    await fc.assert(
      fc.asyncProperty(recordArbitrary, fc.integer({ min: 0, max: 60 }), async (learnt, asOfDay) => {
        const tenant = freshTenant();
        await projectAll(tenant, learnt);
        const subject = ref('contacts', '1');
        const [facts] = await test.db.tenant(tenant, tx =>
          factsAboutMany(tx, [subject], day(asOfDay), 'as-recorded'),
        );
        if (facts) expect(valueOf(facts, 'stage')).toBe(recordedThen(learnt, subject, day(asOfDay)));
        for (const fact of everyFact(facts)) {
          expect(fact.at <= day(asOfDay)).toBe(true);
          expect(fact.learntAt <= day(asOfDay)).toBe(true);
        }
      }),
      { numRuns: 25 },
    );
  });

  it('the same versions again add nothing', async () => {
    await fc.assert(
      fc.asyncProperty(recordArbitrary, async learnt => {
        const tenant = freshTenant();
        await projectAll(tenant, learnt);
        const dump = () =>
          test.db.tenant(tenant, tx =>
            factsAboutMany(tx, [ref('contacts', '1'), ref('deals', '1')], day(500)),
          );
        const before = await dump();
        await test.db.tenant(tenant, tx =>
          project(
            tx,
            learnt.map(one => one.record),
            day(400),
          ),
        );
        expect(await dump()).toEqual(before);
      }),
      { numRuns: 10 },
    );
  });
});

const everyFact = (facts: Facts | undefined) =>
  facts
    ? [facts, ...(facts.account ? [facts.account] : []), ...facts.deals, ...facts.people]
        .flatMap(({ fields }) => Object.values(fields))
        .concat(facts.history)
    : [];

describe('the graph', () => {
  const learn = (tenant: string, records: CrmRecord[], learntAt: Instant) =>
    test.db.tenant(tenant, tx => project(tx, records, learntAt));
  const about = (tenant: string, subject: Subject, asOf: Instant, view?: 'as-recorded') =>
    test.db.tenant(tenant, tx => factsAbout(tx, subject, asOf, view));

  it('puts a contact among its company, colleagues, deals, touches and owner', async () => {
    const tenant = freshTenant();
    const [ana, ben] = [ref('contacts', '1'), ref('contacts', '2')];
    await learn(
      tenant,
      [
        record(ana, {
          fields: { firstname: 'Ana', email: 'ana@acme.example', hubspot_owner_id: '9' },
          links: [link('companies', '8'), link('companies', '5', 'primary')],
        }),
        record(ben, { fields: { firstname: 'Ben' }, links: [link('companies', '5', 'primary')] }),
        record(ref('companies', '5'), { fields: { name: 'Acme' } }),
        record(ref('companies', '8'), { fields: { name: 'Other' } }),
        record(ref('owners', '9'), {
          fields: { firstname: 'Olga', lastname: 'Rep', email: 'olga@us.example' },
        }),
        record(ref('deals', '3'), { fields: { dealname: 'Pilot' }, links: [link('companies', '5')] }),
        record(ref('emails', '7'), {
          fields: { hs_email_direction: 'EMAIL', hs_timestamp: day(1) },
          links: [link('contacts', '1')],
        }),
      ],
      day(2),
    );
    expect(shown(await about(tenant, ana, day(2)))).toMatchObject({
      account: '5',
      people: ['2'],
      deals: ['3'],
      touches: ['hubspot:emails:7@v1'],
    });
    expect((await about(tenant, ana, day(2))).owner).toMatchObject({
      id: '9',
      name: 'Olga Rep',
      email: 'olga@us.example',
    });
    expect((await about(tenant, ref('companies', '5'), day(2))).touches).toHaveLength(1);
    await test.db.tenant(tenant, async tx => {
      expect(await nameOf(tx, ana)).toBe('Ana');
      expect(await ownersOf(tx)).toEqual(new Map([['9', 'Olga Rep']]));
      expect(await ownerOf(tx, ana)).toBe('9');
      expect(await accountNamesOf(tx, [ana, ben])).toEqual(
        new Map([
          [subjectKey(ana), 'Acme'],
          [subjectKey(ben), 'Acme'],
        ]),
      );
      expect((await searchSubjects(tx, 'ACME', 10)).map(found => found.name)).toEqual(['Acme', 'Ana']);
      expect(await searchSubjects(tx, '100%', 10)).toEqual([]);
      const first = await subjectsOf(tx, 'contacts', { after: null, limit: 1 });
      expect([...first, ...(await subjectsOf(tx, 'contacts', { after: ana, limit: 9 }))]).toEqual([ana, ben]);
    });
    await expect(about('another tenant', ana, day(2))).rejects.toMatchObject({ code: 'not_found' });
    await expect(about(tenant, ana, day(1))).rejects.toMatchObject({ code: 'not_found' });
  });

  it('by the CRM’s own times: a meeting ahead is there without its outcome, a later e-mail is not', async () => {
    const tenant = freshTenant();
    const subject = ref('contacts', '1');
    const links = [link('contacts', '1')];
    await learn(
      tenant,
      [
        record(subject, { fields: { email: 'a@b.example' } }),
        record(ref('meetings', '1'), {
          fields: { hs_meeting_start_time: day(10), hs_meeting_outcome: 'NO_SHOW' },
          createdAt: day(3),
          updatedAt: day(11),
          links,
        }),
        record(ref('emails', '1'), { fields: { hs_timestamp: day(4) }, createdAt: day(90), links }),
        record(ref('emails', '2'), { fields: { hs_timestamp: day(6) }, links }),
        record(ref('tasks', '1'), {
          fields: { hs_timestamp: day(20), hs_task_status: 'COMPLETED' },
          createdAt: day(6),
          updatedAt: day(30),
          links,
        }),
      ],
      day(100),
    );
    const seen = async (n: number) =>
      (await about(tenant, subject, day(n), 'as-recorded')).touches.map(one => [
        subjectKey(one.ref),
        one.status,
      ]);
    expect(await seen(2)).toEqual([]);
    expect(await seen(5)).toEqual([
      ['hubspot:meetings:1', ''],
      ['hubspot:emails:1', ''],
    ]);
    expect((await seen(12)).find(([key]) => key === 'hubspot:meetings:1')).toEqual([
      'hubspot:meetings:1',
      'NO_SHOW',
    ]);
    expect((await seen(12)).find(([key]) => key === 'hubspot:tasks:1')).toEqual(['hubspot:tasks:1', '']);
    expect((await seen(31)).find(([key]) => key === 'hubspot:tasks:1')).toEqual([
      'hubspot:tasks:1',
      'COMPLETED',
    ]);
  });

  it('stores what a database cannot hold in a visible form, and long texts whole', async () => {
    const tenant = freshTenant();
    const subject = ref('contacts', '1');
    const fields = { firstname: 'A\0na', lastname: '\uD800', city: '🚚 مرحبا' };
    const note = { hs_note_body: 'x'.repeat(6_000_000), hs_timestamp: '1970-01-01T00:00:00Z' };
    const notes = ['1', '2'].map(id =>
      record(ref('notes', id), { fields: note, links: [link('contacts', '1')] }),
    );
    await learn(tenant, [record(subject, { fields }), ...notes], day(2));
    const facts = await about(tenant, subject, day(2));
    expect(valueOf(facts, 'firstname')).toBe('A\uFFFDna');
    expect(valueOf(facts, 'lastname')).toBe('\uFFFD');
    expect(valueOf(facts, 'city')).toBe('🚚 مرحبا');
    expect(facts.touches.map(touch => touch.body.length)).toEqual([20_000, 20_000]);
  });

  it('reads the account’s set-up: pipelines, and the definitions of contacts’ fields', async () => {
    const tenant = freshTenant();
    const property = (name: string, more: Record<string, string>, createdAt = day(0)) =>
      record(ref('properties', `contacts.${name}`), {
        createdAt,
        fields: {
          object: 'contacts',
          name,
          label: name,
          type: 'number',
          groupName: 'g',
          options: '[]',
          ...more,
        },
      });
    await learn(
      tenant,
      [
        property('fleet', { options: '[{"value":"a","label":"A"}]' }),
        property('email', { type: 'phone_number', options: 'broken' }, '1970-01-01T00:00:00.000Z'),
        record(ref('properties', 'deals.amount'), { fields: { object: 'deals', name: 'amount' } }),
        record(ref('pipelines', 'p'), { fields: { label: 'Sales', stages: '[]' } }),
        record(ref('contacts', '1'), { fields: { fleet: '3' } }),
        record(ref('contacts', '2'), { fields: { fleet: '4' } }),
      ],
      day(2),
    );
    expect(await test.db.tenant(tenant, pipelines)).toMatchObject([
      { ref: { id: 'p' }, fields: { label: 'Sales' } },
    ]);
    const [email, fleet, ...rest] = await test.db.tenant(tenant, propertyDefinitions);
    expect(email).toMatchObject({ name: 'email', type: 'string', custom: false, options: [], distinct: 0 });
    expect(fleet).toMatchObject({
      custom: true,
      group: 'g',
      options: [{ value: 'a', label: 'A' }],
      distinct: 2,
    });
    expect(rest).toEqual([]);
  });

  it('knows the fields of leads where leads are people, and not where they are pieces of work', async () => {
    const definition = (crm: 'hubspot' | 'salesforce', object: CrmObject, name: string) =>
      record(
        { crm, object: 'properties', id: `${object}.${name}` },
        { fields: { object, name, label: `${name} of ${object}`, type: 'string', options: '[]' } },
      );
    const names = async (crm: 'hubspot' | 'salesforce') => {
      const tenant = freshTenant();
      const lead: Subject = { crm, object: 'leads', id: '1' };
      const records = [
        definition(crm, 'leads', 'source'),
        definition(crm, 'leads', 'phone'),
        definition(crm, 'contacts', 'phone'),
        record(lead, { fields: { source: 'Web' } }),
      ];
      await learn(tenant, records, day(2));
      const found = await test.db.tenant(tenant, propertyDefinitions);
      return found.map(({ label, distinct }) => [label, distinct]);
    };
    expect(await names('hubspot')).toEqual([['phone of contacts', 0]]);
    expect(await names('salesforce')).toEqual([
      ['phone of contacts', 0],
      ['source of leads', 1],
    ]);
  });
});
