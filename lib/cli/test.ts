import { requireBrowser } from '#e2e/support/browser.ts';
import { buildPages } from './build.ts';
import { checkSteps, vitest } from './checks/check-steps.ts';
import { counting, countPlaywright } from './checks/counts.ts';
import { runSteps, tool, type Done, type Step } from './checks/step.ts';
import { runMain, terminal } from './io.ts';

const say = (line: string): void => terminal.out(line);

const playwright = (): Step => ({
  name: 'end to end',
  script: tool('@playwright/test/cli.js'),
  args: ['test', '--config', 'e2e/playwright.config.ts'],
  count: counting('.cache/tests/e2e.json', countPlaywright),
});

const extension: Step = { name: 'HubSpot card', script: 'lib/cli/checks/extension.ts' };

/**
 * `npm test`: everything. Goes on after a failure, so that one run tells all that is wrong; a step of its own that
 * fails (no browser, pages that do not build) counts as a failed test.
 */
runMain(async () => {
  const done: Done[] = [];
  const run = async (steps: readonly Step[], width: number) => {
    done.push(...(await runSteps(steps, width, say)));
  };
  await run(checkSteps(), 2);
  await run([vitest('pglite'), vitest('postgres'), extension], 1);
  const unready = await readyForPages();
  if (unready === null) await run([playwright()], 1);
  else say(`FAILED  end to end\n${unready}`);

  const sum = (of: 'passed' | 'failed') => done.reduce((total, step) => total + step[of], 0);
  const failed = sum('failed') + (unready === null ? 0 : 1);
  // A line of its own, in the form that continuous integration reads.
  say(`\nTests: ${sum('passed')} passed, ${failed} failed`);
  if (failed > 0) process.exitCode = 1;
});

/** Does what the end-to-end tests need done; answers with what is in the way. */
async function readyForPages(): Promise<string | null> {
  try {
    const browser = requireBrowser(say);
    say(`        browser: ${browser}; pages: ${await buildPages()}`);
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
