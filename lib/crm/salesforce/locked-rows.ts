import { isRefusal } from './refusal.ts';

const mostTries = 5;
const firstWaitMs = 200;

/**
 * Repeats a write whose row somebody else has locked, at most five times in all, after waits that grow and differ so that
 * two who wait do not meet again. Only for writes that may be repeated.
 */
export async function whileLocked<T>(
  work: () => Promise<T>,
  wait: (milliseconds: number) => Promise<void>,
): Promise<T> {
  for (let tries = 1; ; tries += 1)
    try {
      return await work();
    } catch (error) {
      if (tries >= mostTries || !isRefusal(error, 'UNABLE_TO_LOCK_ROW')) throw error;
      await wait(firstWaitMs * 2 ** (tries - 1) * (0.5 + Math.random()));
    }
}
