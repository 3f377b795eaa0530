import { describe, expect, it } from 'vitest';
import { openTurnstile, patience, type Grant } from './limits-turnstile.ts';

/** A bucket that answers as told; waiting takes no time. */
function turnstileOf(answers: Grant[]) {
  const asked: { want: number; urgency: string }[] = [];
  const waits: number[] = [];
  const turnstile = openTurnstile({
    now: () => 0,
    wait: ms => {
      waits.push(ms);
      return Promise.resolve();
    },
    take: (want, urgency) => {
      asked.push({ want, urgency });
      const answer = answers.shift();
      return answer ? Promise.resolve(answer) : Promise.reject(new Error('asked too often'));
    },
  });
  return { turnstile, asked, waits };
}
const grant = (granted: number): Grant => ({ granted, usableUntil: 100, waitMs: 0 });
const wait = (waitMs: number): Grant => ({ granted: 0, usableUntil: 0, waitMs });

describe('a turnstile', () => {
  it('asks once for all who wait, and passes on what is left without asking', async () => {
    const { turnstile, asked } = turnstileOf([grant(1), grant(4)]);
    await Promise.all([1, 2, 3].map(() => turnstile.pass('background')));
    await turnstile.pass('background');
    await turnstile.pass('interactive');
    expect(asked).toEqual([
      { want: 1, urgency: 'background' },
      { want: 2, urgency: 'background' },
    ]);
  });

  it('does not use what came too late', async () => {
    const { turnstile, asked } = turnstileOf([{ ...grant(5), usableUntil: 0 }, grant(1)]);
    await turnstile.pass('background');
    expect(asked).toHaveLength(2);
  });

  it('waits as long as it is told, and gives up where that is beyond patience', async () => {
    const { turnstile, waits } = turnstileOf([wait(500), grant(1), wait(patience.interactive + 1)]);
    await turnstile.pass('interactive');
    expect(waits).toEqual([500]);
    await expect(turnstile.pass('interactive')).rejects.toMatchObject({
      code: 'limited',
      details: { retryAfterMs: patience.interactive + 1 },
    });
  });

  it('ends where time stands still', async () => {
    const { turnstile } = turnstileOf(Array.from({ length: 100 }, () => wait(1000)));
    await expect(turnstile.pass('interactive')).rejects.toMatchObject({ code: 'limited' });
  });

  it('tells everybody who waits what went wrong, and works again afterwards', async () => {
    const { turnstile } = turnstileOf([]);
    const both = await Promise.allSettled([turnstile.pass('background'), turnstile.pass('interactive')]);
    expect(both.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    await expect(turnstile.pass('background')).rejects.toThrow('asked too often');
  });
});
