import { spawn } from 'node:child_process';
import { join } from 'node:path';

/** One thing to check, as a command of ours: a script of this repository or of a package, and its arguments. */
export interface Step {
  name: string;
  script: string;
  args?: readonly string[];
  /** For a runner that counts its tests: reads how many passed and failed from the report that it left. */
  count?: () => Counts;
}

export interface Counts {
  passed: number;
  failed: number;
}

export interface Done extends Counts {
  name: string;
  ok: boolean;
  seconds: number;
  /** What the command printed, both channels in order. */
  output: string;
}

/** Longer than any step takes on a slow machine: what runs on hangs, and must not hold up whoever waits. */
const patienceMs = 15 * 60_000;

/**
 * Runs a step under this Node. A step that counts no tests counts as one; one that failed without a failing test,
 * or ran none at all, counts as one failure.
 */
export async function runStep(step: Step): Promise<Done> {
  const start = performance.now();
  const { code, output } = await printedBy(step);
  const { passed, failed } = countOf(step, code === 0);
  const ok = code === 0 && failed === 0 && passed > 0;
  return {
    name: step.name,
    ok,
    seconds: (performance.now() - start) / 1000,
    output,
    passed,
    failed: ok ? 0 : Math.max(failed, 1),
  };
}

function countOf(step: Step, ok: boolean): Counts {
  if (!step.count) return { passed: ok ? 1 : 0, failed: ok ? 0 : 1 };
  try {
    return step.count();
  } catch {
    return { passed: 0, failed: 1 }; // it left no report: its output says why
  }
}

function printedBy({ script, args = [] }: Step): Promise<{ code: number | null; output: string }> {
  return new Promise((resolve, reject) => {
    let output = '';
    const child = spawn(process.execPath, [script, ...args], {
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: patienceMs,
    });
    const keep = (chunk: string) => {
      output += chunk;
    };
    child.stdout.setEncoding('utf8').on('data', keep);
    child.stderr.setEncoding('utf8').on('data', keep);
    child.on('error', reject);
    child.on('close', (code, signal) => {
      if (signal) output += `\nEnded by ${signal} after ${patienceMs / 60_000} minutes at most.\n`;
      resolve({ code, output });
    });
  });
}

/** Runs steps, `width` of them side by side in the given order, and says how each went as it ends. */
export async function runSteps(
  steps: readonly Step[],
  width: number,
  say: (line: string) => void,
): Promise<Done[]> {
  const waiting = [...steps];
  const done: Done[] = [];
  const work = async (): Promise<void> => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const result = await runStep(next);
      done.push(result);
      say(lineOf(result, next));
      if (!result.ok) say(result.output.trimEnd());
    }
  };
  await Promise.all(Array.from({ length: width }, work));
  return done;
}

function lineOf({ ok, name, seconds, passed, failed }: Done, step: Step): string {
  const tests = step.count ? `  ${passed} passed, ${failed} failed` : '';
  return `${ok ? 'ok    ' : 'FAILED'}  ${name.padEnd(22)} ${seconds.toFixed(1).padStart(6)} s${tests}`;
}

/** A script of an installed package. */
export const tool = (path: string): string => join('node_modules', path);
