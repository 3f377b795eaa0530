import { counting, countVitest } from './counts.ts';
import { tool, type Step } from './step.ts';

/** One of the projects of vitest.config.ts. */
export function vitest(project: string): Step {
  const report = `.cache/tests/${project}.json`;
  const args = [
    'run',
    '--project',
    project,
    '--reporter=dot',
    '--reporter=json',
    `--outputFile.json=${report}`,
  ];
  return {
    name: `tests: ${project}`,
    script: tool('vitest/vitest.mjs'),
    args,
    count: counting(report, countVitest),
  };
}

/** What `npm run check` checks, longest first: all that needs neither a database server nor a browser. */
export const checkSteps = (): Step[] => [
  vitest('unit'),
  {
    name: 'types',
    script: tool('typescript/bin/tsc'),
    args: ['--noEmit', '--incremental', '--tsBuildInfoFile', '.cache/types.tsbuildinfo'],
  },
  { name: 'lint', script: tool('oxlint/bin/oxlint'), args: ['--type-aware'] },
  { name: 'import rules', script: 'lib/rules/check-imports.ts' },
  {
    name: 'format',
    script: tool('prettier/bin/prettier.cjs'),
    args: ['--cache', '--log-level=warn', '--check', '.'],
  },
];
