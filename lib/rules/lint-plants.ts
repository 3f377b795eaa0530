/** One violation of each linter rule that the house leans on: the rule, the file, and its source. */
export const lintPlants = [
  [
    'typescript(no-floating-promises)',
    'lib/graph/floating.ts',
    'const save = async (): Promise<void> => {};\nsave();\n',
  ],
  [
    'typescript(no-explicit-any)',
    'lib/graph/anything.ts',
    'export const x = (y: any): number => Number(y);\n',
  ],
  ['import(no-default-export)', 'lib/graph/default.ts', 'export default 1;\n'],
  ['import(no-default-export)', 'components/card/default.tsx', 'export default 1;\n'],
  ['node(no-process-env)', 'lib/cli/settings.ts', "export const port = process.env['PORT'];\n"],
  ['house(no-clock)', 'lib/graph/clock.ts', 'export const now = (): Date => new Date();\n'],
  ['house(no-clock)', 'lib/decide.ts', 'export const now = (): number => Date.now();\n'],
  [
    'eslint(no-restricted-globals)',
    'lib/models/fetch.ts',
    "export const x = (): unknown => fetch('http://a');\n",
  ],
  [
    'eslint(no-restricted-properties)',
    'lib/models/random.ts',
    'export const x = (): number => Math.random();\n',
  ],
] as const;

/** What the linter must let through. */
export const allowedSources = [
  ['app/page.tsx', 'export default function Page() {\n  return null;\n}\n'],
  ['lib/platform/env.ts', "export const port = process.env['PORT'];\n"],
  ['lib/platform/testing/server.ts', "process.env['URL'] = 'x';\n"],
  ['lib/models/date.ts', 'export const year = (at: string): number => new Date(at).getUTCFullYear();\n'],
  ['lib/cli/open.ts', 'export const now = (): Date => new Date();\n'],
] as const;
