import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { MapNode, MapRelation } from '#lib/views/account-graph-types.ts';
import { chooseNodes } from './choose.ts';
import { groupsWith } from './groups.ts';
import { layOut, type Box } from './layout.ts';
import { settle } from './settle.ts';
import { deal, person, relation, user } from './testing.ts';
import { tiesOf } from './ties.ts';

const titles = { users: 'Our people', deals: 'Deals' };
const overlap = (a: Box, b: Box): boolean =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

/** An account of any shape: so many of each, and any relations among them. */
const anyAccount = fc
  .record({
    users: fc.integer({ min: 0, max: 12 }),
    people: fc.array(fc.subarray(['decision_maker', 'champion', 'influencer'] as const), { maxLength: 40 }),
    deals: fc.integer({ min: 0, max: 12 }),
    links: fc.array(
      fc.record({
        from: fc.nat(),
        to: fc.nat(),
        strength: fc.option(fc.double({ min: 0, max: 1, noNaN: true })),
      }),
      { maxLength: 80 },
    ),
  })
  .map(({ users, people, deals, links }) => {
    const nodes: MapNode[] = [
      ...Array.from({ length: users }, (_, i) => user(`u${i}`)),
      ...people.map((roles, i) => person(`p${i}`, ...roles)),
      ...Array.from({ length: deals }, (_, i) => deal(`d${i}`)),
    ];
    const relations = links.flatMap(({ from, to, strength }): MapRelation[] => {
      const [a, b] = [nodes[from % nodes.length], nodes[to % nodes.length]];
      return a && b ? [relation(a, 'knows', b, strength)] : [];
    });
    return { nodes, relations };
  });

const groups = groupsWith(['budget_holder', 'legal']);
const draw = ({ nodes, relations }: { nodes: MapNode[]; relations: MapRelation[] }) =>
  layOut(nodes, tiesOf(nodes, relations), groups, titles);

describe('the layout of a map', () => {
  it('shows every node once, and no two boxes overlap', () => {
    fc.assert(
      fc.property(anyAccount, account => {
        const { boxes, width, height } = draw(account);
        expect(
          boxes
            .filter(box => box.kind === 'node')
            .map(box => box.id)
            .toSorted(),
        ).toEqual(account.nodes.map(node => node.key).toSorted());
        for (const [i, a] of boxes.entries()) {
          for (const b of boxes.slice(i + 1)) expect(overlap(a, b)).toBe(false);
          expect(a.x >= 0 && a.y >= 0 && a.x + a.width <= width && a.y + a.height <= height).toBe(true);
        }
      }),
    );
  });

  it('is the same in whatever order nodes and relations come', () => {
    fc.assert(
      fc.property(anyAccount, ({ nodes, relations }) => {
        const other = { nodes: nodes.toReversed(), relations: relations.toReversed() };
        const sorted = (boxes: Box[]) => boxes.toSorted((a, b) => (a.id < b.id ? -1 : 1));
        expect(sorted(draw(other).boxes)).toEqual(sorted(draw({ nodes, relations }).boxes));
      }),
    );
  });

  it('puts us left, them in the middle by role, deals right, and a place for who is missing', () => {
    const [ada, boss, fan, quiet, offer] = [
      user('ada'),
      person('boss', 'decision_maker'),
      person('fan', 'champion'),
      person('quiet'),
      deal('offer'),
    ];
    const { boxes } = draw({
      nodes: [quiet, offer, fan, boss, ada],
      relations: [relation(ada, 'knows', fan, 0.9), relation(fan, 'involved_in', offer)],
    });
    const at = (id: string) => boxes.find(box => box.id === id) ?? expect.fail(`no box ${id}`);
    expect(at(ada.key).x).toBeLessThan(at(boss.key).x);
    expect(at(boss.key).x).toBeLessThan(at(offer.key).x);
    const column = boxes.filter(box => box.x === at(boss.key).x).toSorted((a, b) => a.y - b.y);
    expect(column.map(box => box.text)).toEqual([
      'Decide and pay',
      boss.name,
      'Budget holder',
      'Influence and check',
      'Legal reviewer',
      'Champion or use it',
      fan.name,
      'Role not known',
      quiet.name,
    ]);
    // The one who knows the champion stands beside the champion.
    expect(Math.abs(at(ada.key).y - at(fan.key).y)).toBeLessThan(2);
  });
});

describe('settling in a column', () => {
  it('leaves those alone that are not in each other’s way', () => {
    const tops = settle(
      [
        { key: 'a', at: 50 },
        { key: 'b', at: 300 },
      ],
      40,
      10,
    );
    expect([...tops]).toEqual([
      ['a', 30],
      ['b', 280],
    ]);
  });

  it('lets those that are share the shift', () => {
    const tops = settle(
      [
        { key: 'b', at: 200 },
        { key: 'a', at: 200 },
      ],
      40,
      10,
    );
    expect([...tops]).toEqual([
      ['a', 155],
      ['b', 205],
    ]);
  });

  it('puts nothing above the column', () => {
    expect(settle([{ key: 'a', at: 0 }], 40, 10).get('a')).toBe(0);
  });
});

describe('ties', () => {
  it('are one line a pair, with the strongest relation first, from left to right', () => {
    const [ada, ben, offer] = [user('ada'), person('ben'), deal('offer')];
    const ties = tiesOf(
      [ada, ben, offer],
      [
        relation(ben, 'replied_to', ada, 0.9),
        relation(ada, 'knows', ben, 0.8),
        relation(ada, 'owns', offer),
        relation(ben, 'works_at', { ...ben, key: 'hubspot:companies:1' }),
      ],
    );
    expect(ties).toMatchObject([{ from: ada.key, to: ben.key, strength: 0.8 }]);
    expect(ties[0]?.relations.map(({ kind }) => kind)).toEqual(['knows', 'replied_to']);
  });
});

it('of many people those with a part in buying are drawn, then those whom we know best; and open deals', () => {
  const [ada, ben] = [user('ada'), user('ben')];
  const people = [person('1'), person('2'), person('3', 'legal'), person('4')];
  const [one, two, legal] = people as [MapNode, MapNode, MapNode];
  const over = { ...deal('over'), closed: true };
  const nodes = [ada, ben, ...people, deal('open'), over];
  const ties = tiesOf(nodes, [relation(ada, 'knows', two, 0.5), relation(ben, 'knows', one, 0.1)]);
  const chosen = chooseNodes(nodes, ties, groups, { people: 2, deals: 5 }).map(node => node.key);
  expect(chosen).toEqual([ada.key, two.key, legal.key, deal('open').key]);
});
