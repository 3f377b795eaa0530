import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const Cruise = z.object({
  summary: z.object({
    totalCruised: z.number(),
    ruleSetUsed: z.object({ forbidden: z.array(z.object({ name: z.string(), comment: z.string() })) }),
    violations: z.array(
      z.object({
        rule: z.object({ name: z.string() }),
        from: z.string(),
        to: z.string(),
        cycle: z.array(z.object({ name: z.string() })).default([]),
      }),
    ),
  }),
});

export interface Violation {
  rule: string;
  from: string;
  /** What it must not import; for a circle, the way round. */
  to: string;
}

export interface Cruised {
  modules: number;
  violations: Violation[];
  /** Every rule that was applied, with its reason. */
  rules: Map<string, string>;
}

/** A cruise that sees hardly anything passes every rule: with a TypeScript it cannot load, it sees nothing at all. */
export const fewestModules = 100;

const folders = ['app', 'components', 'drizzle', 'e2e', 'lib'];

/** Holds the imports of all modules under a root against the rules in its `.dependency-cruiser.js`. */
export async function cruise(root: string): Promise<Cruised> {
  const tool = join(root, 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs');
  const present = folders.filter(folder => existsSync(join(root, folder)));
  const printed = await run([tool, '--config', '.dependency-cruiser.js', '-T', 'json', ...present], root);
  const { totalCruised, ruleSetUsed, violations } = Cruise.parse(JSON.parse(printed)).summary;
  return {
    modules: totalCruised,
    violations: violations.map(({ rule, from, to, cycle }) => ({
      rule: rule.name,
      from,
      to: cycle.length > 0 ? cycle.map(({ name }) => name).join(' → ') : to,
    })),
    rules: new Map(ruleSetUsed.forbidden.map(({ name, comment }) => [name, comment])),
  };
}

/** The tool's exit code counts violations; what it prints tells them. Rejects when it prints no result. */
const run = (args: string[], cwd: string): Promise<string> =>
  new Promise((resolve, reject) => {
    execFile(process.execPath, args, { cwd, maxBuffer: 256e6 }, (error, stdout, stderr) => {
      if (stdout.startsWith('{')) resolve(stdout);
      else reject(new Error(`dependency-cruiser failed: ${stderr || stdout || error?.message}`));
    });
  });
