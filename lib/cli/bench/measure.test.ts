import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inLanes, timesAtRate, timesInTurn } from './measure.ts';

describe('measuring', () => {
  it('makes every call once, with no more than so many under way', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(40), fc.integer({ min: 1, max: 12 }), async (count, lanes) => {
        const made: number[] = [];
        let [under, most] = [0, 0];
        await inLanes(
          async i => {
            most = Math.max(most, ++under);
            made.push(i);
            await Promise.resolve();
            under--;
          },
          count,
          lanes,
        );
        expect(made).toEqual(Array.from({ length: count }, (_, i) => i));
        expect(most).toBeLessThanOrEqual(lanes);
      }),
    );
  });

  it('takes turns, and does not count the first calls', async () => {
    const order: string[] = [];
    const call = (name: string) => (i: number) => void order.push(`${name}${i}`);
    const times = await timesInTurn({ ours: call('a'), bare: call('b') }, { count: 2, warmUp: 1 });
    expect(order).toEqual(['a0', 'b0', 'a1', 'b1', 'a2', 'b2']);
    expect([times.ours.length, times.bare.length]).toEqual([2, 2]);
  });

  it('counts the wait behind a call that holds up the next ones', async () => {
    let free = Promise.resolve();
    let release = () => {};
    const ours = (i: number): Promise<void> => {
      if (i === 0) free = new Promise(resolve => (release = resolve));
      if (i === 9) release();
      return free;
    };
    const times = await timesAtRate({ ours, bare: () => {} }, { count: 10, perSecond: 1000 });
    expect(Math.max(...times.ours)).toBeGreaterThan(8);
  });
});
