import { readFileSync, rmSync } from 'node:fs';
import { z } from 'zod';
import type { Counts } from './step.ts';

const VitestReport = z.object({
  success: z.boolean(),
  numPassedTests: z.number(),
  numFailedTests: z.number(),
});

/** What a report of Vitest's `json` reporter says; a file that could not be loaded is a failure too. */
export function countVitest(json: string): Counts {
  const { success, numPassedTests, numFailedTests } = VitestReport.parse(JSON.parse(json));
  return { passed: numPassedTests, failed: success ? numFailedTests : Math.max(numFailedTests, 1) };
}

const PlaywrightReport = z.object({
  errors: z.array(z.unknown()),
  stats: z.object({ expected: z.number(), unexpected: z.number(), flaky: z.number() }),
});

/** What a report of Playwright's `json` reporter says; a test that passed only at another try failed. */
export function countPlaywright(json: string): Counts {
  const { errors, stats } = PlaywrightReport.parse(JSON.parse(json));
  return { passed: stats.expected, failed: stats.unexpected + stats.flaky + errors.length };
}

/** Reads a report that a step is about to write; an older one is taken away now, so that it cannot stand in. */
export function counting(file: string, count: (json: string) => Counts): () => Counts {
  rmSync(file, { force: true });
  return () => count(readFileSync(file, 'utf8'));
}
