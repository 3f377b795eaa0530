import { terminal } from './io.ts';

export interface Steps {
  /** Says what begins, does it, and says how it ended and how long it took. */
  during<T>(what: string, work: () => Promise<T>, result?: (value: T) => string): Promise<T>;
  say(text: string): void;
  finish(lines: readonly string[]): void;
}

/** Progress for the person who started the process, one line a step. */
export function steps(now: () => number = () => performance.now()): Steps {
  const began = now();
  const say = (text: string) => terminal.err(`${((now() - began) / 1000).toFixed(1).padStart(5)} s  ${text}`);
  return {
    say,
    during: async (what, work, result = String) => {
      say(`${what} …`);
      const value = await work();
      say(`${what}: ${result(value)}`);
      return value;
    },
    finish: lines => {
      say('Ready.');
      for (const line of ['', ...lines, '']) terminal.err(`  ${line}`);
    },
  };
}
