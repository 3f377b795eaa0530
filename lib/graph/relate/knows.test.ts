import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Touch } from '#lib/core/fact.ts';
import { DAY_MS, toInstant } from '#lib/core/time.ts';
import { acquaintances, HALF_LIFE_DAYS } from './knows.ts';
import { repliedTo } from './encounters.ts';
import type { Scene } from './scene.ts';

const person = { crm: 'hubspot', object: 'contacts', id: '1' } as const;
const now = Date.UTC(2026, 10, 1);
const touch = (id: number, daysAgo: number, more: Partial<Touch> = {}): Touch => ({
  ref: { crm: 'hubspot', object: 'emails', id: String(id) },
  version: 'v',
  channel: 'email',
  direction: 'in',
  at: toInstant(now - daysAgo * DAY_MS),
  learntAt: toInstant(now),
  title: 'Vans',
  body: '',
  status: '',
  ownerId: '1',
  threadId: null,
  ourChange: null,
  ...more,
});
const sceneOf = (touches: Touch[]): Scene => ({
  asOf: toInstant(now),
  account: null,
  people: [person],
  deals: [],
  known: new Map(),
  links: [],
  touches: touches.toSorted((a, b) => (a.at < b.at ? 1 : -1)).map(one => ({ touch: one, about: [person] })),
});
const strengthOf = (touches: Touch[]) => acquaintances(sceneOf(touches))[0]?.strength ?? 0;

const anyTouch = fc.record({
  daysAgo: fc.integer({ min: -30, max: 900 }),
  direction: fc.constantFrom('in' as const, 'out' as const, 'none' as const),
  channel: fc.constantFrom('email' as const, 'call' as const, 'meeting' as const, 'note' as const),
});
const touchesOf = (
  all: readonly { daysAgo: number; direction: Touch['direction']; channel: Touch['channel'] }[],
) => all.map(({ daysAgo, ...more }, i) => touch(i, daysAgo, more));

describe('how well a user knows a person', () => {
  it('lies in [0, 1], and another contact never makes it less', () => {
    fc.assert(
      fc.property(fc.array(anyTouch, { maxLength: 30 }), anyTouch, (all, one) => {
        const [before, after] = [strengthOf(touchesOf(all)), strengthOf(touchesOf([...all, one]))];
        expect(before).toBeGreaterThanOrEqual(0);
        expect(after).toBeLessThanOrEqual(1);
        expect(after).toBeGreaterThanOrEqual(before);
      }),
    );
  });

  it('is one half for three answers today, and for six of a half-life ago', () => {
    expect(strengthOf([1, 2, 3].map(id => touch(id, 0)))).toBe(0.5);
    expect(strengthOf([1, 2, 3, 4, 5, 6].map(id => touch(id, HALF_LIFE_DAYS)))).toBe(0.5);
  });

  it('stays small for messages that nobody answered, and is none for plans and cancelled meetings', () => {
    expect(strengthOf(Array.from({ length: 200 }, (_, i) => touch(i, 1, { direction: 'out' })))).toBeLessThan(
      0.15,
    );
    expect(
      strengthOf([
        touch(1, -2, { channel: 'meeting' }),
        touch(2, 2, { channel: 'meeting', status: 'CANCELED' }),
      ]),
    ).toBe(0);
  });
});

describe('who answered', () => {
  it('counts threads, by subject where there is no thread, and only what came after we wrote', () => {
    const replies = repliedTo(
      sceneOf([
        touch(1, 9, { direction: 'out', title: 'Vans' }),
        touch(2, 8, { title: 'AW: Re: Vans' }),
        touch(3, 7, { direction: 'out', title: 'Trucks' }),
        touch(4, 20, { title: 'Trucks' }),
      ]),
    );
    expect(replies).toMatchObject([
      { kind: 'replied_to', strength: 0.5, why: 'Answered in 1 of 2 e-mail threads' },
    ]);
  });
});
