import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { valueOf } from '#lib/core/fact.ts';
import { becameKind, type CrmRecord } from '#lib/core/record.ts';
import { subjectKey, type Subject } from '#lib/core/subject.ts';
import type { Instant } from '#lib/core/time.ts';
import { openTestDb } from '#lib/platform/testing/test-db.ts';
import { earlierLivesOf, factsAbout, factsAboutMany, heirOf, ownerOf, peopleOf, project } from './graph.ts';
import { day, livesThen, mergesArbitrary, people, ref } from './testing/random-merges.ts';

let test: Awaited<ReturnType<typeof openTestDb>>;
beforeAll(async () => {
  test = await openTestDb();
});
afterAll(() => test.close());

let tenants = 0;
const freshTenant = () => `t${(tenants += 1)}`;
const keys = (subjects: readonly Subject[]) => subjects.map(subjectKey).toSorted();

describe('records that live on as another', () => {
  it('whatever became of whom, in whatever order it is learnt: touches of all lives, nothing learnt later', async () => {
    await fc.assert(
      fc.asyncProperty(mergesArbitrary, fc.integer({ min: 19, max: 45 }), async (learnt, asOfDay) => {
        const tenant = freshTenant();
        const asOf = day(asOfDay);
        await test.db.tenant(tenant, async tx => {
          for (const { record, learntAt } of learnt) await project(tx, [record], learntAt);
        });
        const lives = livesThen(learnt, asOf);
        const emailKnown = (subject: Subject) =>
          learnt.some(
            ({ record, learntAt }) => learntAt <= asOf && record.ref.id === `${subject.object} ${subject.id}`,
          );
        await test.db.tenant(tenant, async tx => {
          const all = await factsAboutMany(tx, people, asOf);
          const earlier = await earlierLivesOf(tx, people, asOf);
          for (const facts of all) {
            const { subject } = facts;
            const self = subjectKey(subject);
            expect(keys([subject, ...(earlier.get(self) ?? [])])).toEqual(keys(lives(subject)));
            expect(facts.touches.map(touch => touch.ref.id).toSorted()).toEqual(
              lives(subject)
                .filter(emailKnown)
                .map(one => `${one.object} ${one.id}`)
                .toSorted(),
            );
            for (const fact of [...facts.history, ...Object.values(facts.fields)])
              expect(fact.learntAt <= asOf).toBe(true);
            const sources = new Set(facts.history.map(({ source }) => `${source.object} ${source.id}`));
            const known = lives(subject).map(one => `${one.object} ${one.id}`);
            expect([...sources].every(source => known.includes(source))).toBe(true);
          }
          for (const person of people) {
            const heir = await heirOf(tx, person, asOf);
            expect(await heirOf(tx, heir, asOf)).toEqual(heir);
          }
        });
      }),
      { numRuns: 40 },
    );
  });
});

describe('a merged contact', () => {
  const [ana, bea] = [ref('contacts', '7'), ref('contacts', '8')];
  const record = (subject: Subject, updated: number, more: Partial<CrmRecord> = {}): CrmRecord => ({
    ref: subject,
    version: `v${updated}`,
    createdAt: day(0),
    updatedAt: day(updated),
    archived: false,
    fields: {},
    history: [],
    links: [],
    ...more,
  });
  const merged = record(ana, 5, {
    archived: true,
    fields: { firstname: 'Ana', phone: '1' },
    links: [{ to: bea, kind: becameKind }],
  });
  const start = async () => {
    const tenant = freshTenant();
    const learn = (records: CrmRecord[], learntAt: Instant) =>
      test.db.tenant(tenant, tx => project(tx, records, learntAt));
    const about = (subject: Subject, asOf: Instant) =>
      test.db.tenant(tenant, tx => factsAbout(tx, subject, asOf));
    await learn(
      [
        record(ana, 1, { fields: { firstname: 'Ana', phone: '1', hubspot_owner_id: '70' } }),
        record(bea, 1, { createdAt: day(1), fields: { firstname: 'Bea', hubspot_owner_id: '71' } }),
        record(ref('companies', '1'), 1, { fields: { name: 'Old' } }),
        record(ref('companies', '2'), 1, { fields: { name: 'New' } }),
        record(ref('deals', '3'), 1, { links: [{ to: ana, kind: 'plain' }] }),
      ],
      day(2),
    );
    return { tenant, learn, about };
  };

  it('fills in what the survivor lacks, from the time we learnt it, and its deals are the survivor’s', async () => {
    const { tenant, learn, about } = await start();
    await learn([merged], day(6));
    const before = await about(bea, day(5));
    expect([valueOf(before, 'phone'), before.deals, before.createdAt]).toEqual([null, [], day(1)]);
    const after = await about(bea, day(6));
    expect([valueOf(after, 'phone'), valueOf(after, 'firstname')]).toEqual(['1', 'Bea']);
    expect(after.fields['phone']?.source).toMatchObject({ id: '7' });
    expect(valueOf(after, 'record_archived')).toBeNull();
    expect(after.deals.map(one => one.subject.id)).toEqual(['3']);
    expect(after.createdAt).toBe(day(0));
    expect((await about(ref('deals', '3'), day(6))).people.map(one => one.subject.id)).toEqual(['8']);
    await test.db.tenant(tenant, async tx => {
      expect(await ownerOf(tx, ana)).toBe('71');
      expect(await peopleOf(tx, { after: null, limit: 9 })).toEqual([bea]);
    });
  });

  it('comes apart again when the CRM takes it back', async () => {
    const { learn, about } = await start();
    await learn([merged], day(6));
    await learn([record(ana, 8, { fields: { firstname: 'Ana', phone: '1' } })], day(9));
    expect(valueOf(await about(bea, day(8)), 'phone')).toBe('1');
    expect(valueOf(await about(bea, day(9)), 'phone')).toBeNull();
    expect(valueOf(await about(ana, day(9)), 'record_archived')).toBeNull();
  });

  it('keeps an emptied field empty', async () => {
    const { learn, about } = await start();
    await learn([record(bea, 3, { fields: { phone: '2' } }), merged], day(6));
    await learn([record(bea, 7, { fields: { phone: null } })], day(8));
    expect(valueOf(await about(bea, day(7)), 'phone')).toBe('2');
    expect(valueOf(await about(bea, day(8)), 'phone')).toBeNull();
  });

  it('of a company: its people and deals are at the survivor', async () => {
    const { learn, about } = await start();
    const [old, young] = [ref('companies', '1'), ref('companies', '2')];
    await learn([record(bea, 3, { links: [{ to: old, kind: 'primary' }] })], day(4));
    expect((await about(bea, day(4))).account?.subject).toEqual(old);
    await learn([record(old, 5, { archived: true, links: [{ to: young, kind: becameKind }] })], day(6));
    expect((await about(bea, day(6))).account?.subject).toEqual(young);
    expect((await about(young, day(6))).people.map(one => one.subject)).toEqual([bea]);
    expect((await about(bea, day(5))).account?.subject).toEqual(old);
  });

  it('that was a lead: the lead is the contact, and only related to company and deal', async () => {
    const { tenant, learn, about } = await start();
    const lead = ref('leads', 'L');
    const links = [bea, ref('companies', '1'), ref('deals', '9')].map(to => ({ to, kind: becameKind }));
    await learn(
      [
        record(ref('deals', '9'), 4),
        record(lead, 5, { fields: { firstname: 'Bea', leadsource: 'Web' }, links }),
        record(ref('emails', '1'), 2, {
          fields: { hs_timestamp: day(2) },
          links: [{ to: lead, kind: 'who' }],
        }),
      ],
      day(6),
    );
    const contact = await about(bea, day(6));
    expect(valueOf(contact, 'leadsource')).toBe('Web');
    expect([contact.touches.length, contact.account?.subject.id]).toEqual([1, '1']);
    expect(contact.deals.map(one => one.subject.id)).toEqual(['9']);
    const deal = await about(ref('deals', '9'), day(6));
    expect([deal.people.map(one => one.subject), deal.touches.length]).toEqual([[bea], 1]);
    await test.db.tenant(tenant, async tx => {
      expect(await peopleOf(tx, { after: null, limit: 9 })).toEqual([ana, bea]);
      expect(await peopleOf(tx, { after: ana, limit: 9 })).toEqual([bea]);
    });
  });
});
