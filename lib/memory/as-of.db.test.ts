import * as fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { TenantTx } from '#lib/platform/db.ts';
import { openTestDb } from '#lib/platform/testing/test-db.ts';
import { forget, load, recall, remember, revise } from './memory.ts';
import { ana, maria, taught } from '#lib/core/testing/taught.ts';

let test: Awaited<ReturnType<typeof openTestDb>>;
beforeAll(async () => {
  test = await openTestDb();
});
afterAll(() => test.close());

const at = (minute: number) => new Date(Date.UTC(2026, 0, 1, 0, minute)).toISOString();
const step = fc.record({
  who: fc.integer({ min: 0, max: 3 }),
  does: fc.constantFrom('teach', 'suggest', 'confirm', 'edit', 'forget'),
  wait: fc.integer({ min: 1, max: 5 }),
  lasts: fc.option(fc.integer({ min: 1, max: 20 })),
});

const known = async (tx: TenantTx, asOf: string) =>
  (await recall(tx, { subjects: [maria], holders: [] }, asOf)).map(({ id, version, text }) => ({
    id,
    version,
    text,
  }));

it('whatever happens later, what was in force at a time stays what it was then', async () => {
  let histories = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 14 }), async steps => {
      const tenant = `history ${(histories += 1)}`;
      const seen = new Map<string, unknown>();
      let minute = 0;
      await test.db.tenant(tenant, async tx => {
        for (const { who, does, wait, lasts } of steps) {
          minute += wait;
          const id = `mem_${who}`;
          const now = new Date(at(minute));
          const was = await load(tx, id).catch(() => null);
          const expiresAt = lasts === null ? null : at(minute + lasts);
          const begins = does === 'teach' || does === 'suggest';
          const held = (await recall(tx, { subjects: [maria], holders: [] }, at(minute))).map(one => one.id);
          if (begins && !was && !seen.has(`gone ${who}`))
            await remember(
              tx,
              taught(`v1 of ${who}`, at(minute), {
                id,
                expiresAt,
                state: does === 'teach' ? 'confirmed' : 'suggested',
              }),
            );
          else if (was && does === 'confirm') await revise(tx, was, { state: 'confirmed' }, ana, now);
          else if (was && does === 'edit')
            await revise(tx, was, { text: `v${was.version + 1} of ${who}`, expiresAt }, ana, now);
          else if (was && does === 'forget') {
            await forget(tx, id, ana, now);
            seen.set(`gone ${who}`, true);
            expect((await known(tx, at(minute))).map(one => one.id)).toEqual(held.filter(one => one !== id));
          }
          seen.set(at(minute), await known(tx, at(minute)));
        }
        for (const [when, then] of seen)
          if (!when.startsWith('gone')) expect(await known(tx, when)).toEqual(then);
      });
    }),
    { numRuns: 40 },
  );
});
