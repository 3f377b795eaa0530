import { vi } from 'vitest';

/** When every test's day begins: a Tuesday morning. */
export const firstMoment = new Date('2026-03-10T09:30:00.000Z');

/** The clock of this process as it runs, for what waits in real time. */
export const runningClock = () => ({
  now: () => new Date(),
  tick: () => undefined,
  restore: () => undefined,
});

/**
 * Stops the clock of this process, the sandbox CRM's with it, so that nothing depends on how fast a machine is.
 * Only the date stands still: timers and the network run.
 */
export function stopClock() {
  vi.useFakeTimers({ toFake: ['Date'], now: firstMoment });
  return {
    now: () => new Date(),
    /** Lets time pass. */
    tick: (milliseconds: number) => void vi.setSystemTime(Date.now() + milliseconds),
    restore: () => void vi.useRealTimers(),
  };
}
