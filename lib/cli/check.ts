import { checkSteps } from './checks/check-steps.ts';
import { runSteps } from './checks/step.ts';
import { runMain, terminal } from './io.ts';

/** `npm run check`: types, lint, format, import rules and unit tests, in under a minute. */
runMain(async () => {
  const done = await runSteps(checkSteps(), 2, line => terminal.out(line));
  if (done.some(({ ok }) => !ok)) process.exitCode = 1;
});
