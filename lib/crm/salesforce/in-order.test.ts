import fc from 'fast-check';
import { expect, it } from 'vitest';
import { inOrder } from './in-order.ts';

it('deals with parts in their order, up to the first that fails and none after it', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.constantFrom('good', 'late', 'bad')), async parts => {
      const dealt: number[] = [];
      const failures: unknown[] = [];
      const queue = inOrder<number>(
        async i => {
          if (parts[i] === 'late') await new Promise(resolve => setImmediate(resolve));
          if (parts[i] === 'bad') throw new Error(String(i));
          dealt.push(i);
        },
        error => failures.push(error),
      );
      parts.forEach((_, i) => queue.add(i));
      await queue.done();
      const bad = parts.indexOf('bad');
      expect(dealt).toEqual([...parts.keys()].slice(0, bad < 0 ? undefined : bad));
      expect(failures).toHaveLength(bad < 0 ? 0 : 1);
    }),
  );
});
