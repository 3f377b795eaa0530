import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Band } from '#lib/core/score.ts';
import { AppError } from '#lib/core/errors.ts';
import type { CrmWriter, ScoreRow } from '#lib/crm/writer.ts';
import { openTestDb } from '#lib/platform/testing/test-db.ts';
import { confirmScores, dueScores, forgetScores, refuseScores, sendScores, wantScores } from './writeback.ts';

const day = (n: number) => new Date(Date.UTC(2026, 2, 1 + n)).toISOString();
let made = 0;
const rowOf = (score: number, band: Band, at = 1, id = String(++made)): ScoreRow => ({
  subject: { crm: 'hubspot', object: 'contacts', id },
  score,
  band,
  scoredAt: day(at),
});

describe('scores for the CRM’s own fields', () => {
  let test: Awaited<ReturnType<typeof openTestDb>>;
  beforeAll(async () => {
    test = await openTestDb();
  });
  afterAll(() => test.close());

  const tenant = <T>(work: Parameters<typeof test.db.tenant<T>>[1]) => test.db.tenant('a', work);
  const isDue = async ({ subject }: ScoreRow) =>
    (await tenant(tx => dueScores(tx, 'hubspot', 100_000))).some(row => row.subject.id === subject.id);

  const some = fc.record({
    score: fc.integer({ min: 0, max: 100 }),
    band: fc.constantFrom<Band>('hot', 'warm', 'cold'),
  });
  const far = (a: { score: number; band: Band }, b: { score: number; band: Band }) =>
    a.band !== b.band || Math.abs(a.score - b.score) >= 3;

  it('are due where the band or three points have changed since they were written, whatever was between', () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(some, fc.array(some, { minLength: 1, maxLength: 4 })), {
          minLength: 1,
          maxLength: 40,
        }),
        async all => {
          const firsts = all.map(([{ score, band }]) => rowOf(score, band));
          await tenant(async tx => {
            await wantScores(tx, firsts);
            await confirmScores(tx, firsts, day(1));
          });
          const lasts: ScoreRow[] = [];
          for (const [i, [, later]] of all.entries())
            for (const [n, { score, band }] of later.entries()) {
              lasts[i] = rowOf(score, band, 2 + n, firsts[i]?.subject.id);
              await tenant(tx => wantScores(tx, [lasts[i] as ScoreRow]));
            }
          const due = new Set(
            (await tenant(tx => dueScores(tx, 'hubspot', 100_000))).map(row => row.subject.id),
          );
          for (const [i, last] of lasts.entries())
            expect(due.has(last.subject.id)).toBe(far(firsts[i] as ScoreRow, last));
          await tenant(tx =>
            forgetScores(
              tx,
              firsts.map(({ subject }) => subject),
            ),
          );
        },
      ),
      { numRuns: 25 },
    ));

  it('say whether anything is to be written', async () => {
    const row = rowOf(50, 'warm');
    expect(await tenant(tx => wantScores(tx, [row]))).toBe(true);
    await tenant(tx => confirmScores(tx, [row], day(1)));
    expect(await tenant(tx => wantScores(tx, [{ ...row, score: 52, scoredAt: day(2) }]))).toBe(false);
    expect(await tenant(tx => wantScores(tx, [{ ...row, score: 53, scoredAt: day(3) }]))).toBe(true);
    expect(await tenant(tx => wantScores(tx, []))).toBe(false);
  });

  it('that come late do not replace newer ones', async () => {
    const row = rowOf(50, 'warm', 5);
    await tenant(tx => wantScores(tx, [row]));
    await tenant(tx => wantScores(tx, [{ ...row, score: 90, scoredAt: day(4) }]));
    const due = await tenant(tx => dueScores(tx, 'hubspot', 100_000));
    expect(due.find(one => one.subject.id === row.subject.id)).toEqual(row);
  });

  it('that moved while they were written stay due', async () => {
    const row = rowOf(50, 'warm');
    await tenant(tx => wantScores(tx, [row]));
    await tenant(tx => wantScores(tx, [{ ...row, score: 70, scoredAt: day(2) }]));
    await tenant(tx => confirmScores(tx, [row], day(2)));
    expect(await isDue(row)).toBe(true);
    await tenant(tx => confirmScores(tx, [{ ...row, score: 70 }], day(2)));
    expect(await isDue(row)).toBe(false);
  });

  it('that were refused wait until they move', async () => {
    const row = rowOf(50, 'warm');
    await tenant(async tx => {
      await wantScores(tx, [row]);
      await refuseScores(tx, [{ ...row, words: 'no' }], day(1));
    });
    expect(await isDue(row)).toBe(false);
    await tenant(tx => wantScores(tx, [{ ...row, score: 51, scoredAt: day(2) }]));
    expect(await isDue(row)).toBe(false);
    await tenant(tx => wantScores(tx, [{ ...row, score: 51, band: 'hot', scoredAt: day(3) }]));
    expect(await isDue(row)).toBe(true);
  });
});

describe('sendScores', () => {
  const rows = [rowOf(1, 'cold'), rowOf(2, 'cold')];
  const writer = (writeScores: CrmWriter['writeScores']) => ({ writeScores }) as CrmWriter;

  it('takes the refusal of a request for the refusal of each score in it', async () => {
    const sent = await sendScores(
      writer(() => Promise.reject(new AppError('refused', 'There is no such property.'))),
      rows,
    );
    expect(sent).toEqual({
      written: [],
      refused: rows.map(row => ({ ...row, words: 'There is no such property.' })),
    });
  });

  it('counts nothing as written that the CRM did not confirm', async () => {
    const [first] = rows;
    const sent = await sendScores(
      writer(() => Promise.resolve({ written: first ? [first.subject] : [], refused: [] })),
      rows,
    );
    expect(sent.written).toEqual([first]);
    expect(sent.refused).toHaveLength(1);
  });

  it.each(['unavailable', 'limited', 'unauthenticated', 'forbidden'] as const)('throws %s', async code => {
    const sent = sendScores(
      writer(() => Promise.reject(new AppError(code, 'x'))),
      rows,
    );
    await expect(sent).rejects.toMatchObject({ code });
  });
});
