import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Scope } from '#lib/core/scope.ts';
import { subjectKey, type Subject } from '#lib/core/subject.ts';
import { accountsOf } from '#lib/graph/read.ts';
import { ownersOf, subjectsOf } from '#lib/graph/graph.ts';
import { openDemo, otherRep, owner, scopeOf, type Demo } from '#lib/platform/testing/demo/open-demo.ts';
import { accountGraphView, SpanDays } from './account-graph.ts';

let demo: Demo;
let account: Subject;
beforeAll(async () => {
  demo = await openDemo({ people: 8 });
  account = await anAccount();
});
afterAll(() => demo.close());

/** One with people whom somebody owns. */
const anAccount = (): Promise<Subject> =>
  demo.tenant(async tx => {
    const people = await subjectsOf(tx, 'contacts', { after: null, limit: 100 });
    const owners = await ownersOf(tx, people);
    const accounts = await accountsOf(tx, people);
    const owned = people.find(one => owners.has(subjectKey(one)) && accounts.has(subjectKey(one)));
    return accounts.get(subjectKey(owned ?? account))?.subject ?? expect.fail('no account');
  });

const see = (scope: Scope, of = account) =>
  demo.tenant(tx => accountGraphView(tx, scope, of, { now: demo.flow.now(), days: 90 }));

describe('the map of an account', () => {
  it('shows a manager its people, with relations between what is shown and evidence for them', async () => {
    const view = await see(scopeOf('manager'));
    const people = view.nodes.filter(node => node.kind === 'person');
    expect(people.length).toBeGreaterThan(0);
    expect(view.hidden).toEqual({ people: 0, deals: 0 });
    const known = new Set([
      view.account.key,
      ...view.nodes.map(({ key }) => key),
      ...Object.keys(view.names),
    ]);
    for (const { from, to, evidence } of view.relations) {
      expect(known.has(from) && known.has(to)).toBe(true);
      expect(evidence.length).toBeLessThanOrEqual(3);
    }
    expect(view.relations.some(({ kind }) => kind === 'works_at')).toBe(true);
  });

  it('tells a rep of what belongs to others only how much there is', async () => {
    const all = await see(scopeOf('manager'));
    const owners = await demo.tenant(tx =>
      ownersOf(
        tx,
        all.nodes.flatMap(node => node.subject ?? []),
      ),
    );
    let hidden = 0;
    for (const me of [owner, otherRep]) {
      const view = await see(scopeOf('rep', me));
      const others = all.nodes.filter(node => (owners.get(node.key as never) ?? me) !== me);
      expect(view.hidden.people).toBe(others.filter(node => node.kind === 'person').length);
      expect(view.hidden.deals).toBe(others.filter(node => node.kind === 'deal').length);
      hidden += view.hidden.people;
      const told = JSON.stringify(view);
      for (const { key, subject } of others) {
        expect(told).not.toContain(`"${key}"`);
        expect(told).not.toContain(`"url":"/${subject?.object}/${subject?.id}`);
      }
    }
    expect(hidden).toBeGreaterThan(0);
  });

  it('refuses what is not known', async () => {
    await expect(see(scopeOf('manager'), { ...account, id: '999999999' })).rejects.toMatchObject({
      code: 'not_found',
    });
  });
});

it('takes a span that the page does not offer for 30 days', () => {
  expect(['7', '90', '13', undefined, ['7']].map(days => SpanDays.parse(days))).toEqual([7, 90, 30, 30, 30]);
});
