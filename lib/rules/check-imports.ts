import { cruise, fewestModules } from './cruise.ts';

const { modules, violations, rules } = await cruise(process.cwd());
const broken = Map.groupBy(violations, ({ rule }) => rule);
for (const [rule, found] of broken) {
  console.log(`${rule}: ${rules.get(rule)}`);
  for (const { from, to } of found) console.log(`  ${from} → ${to}`);
}
if (modules < fewestModules)
  console.log(
    `Only ${modules} modules were seen: the import rules check nothing. Is TypeScript still version 6?`,
  );
process.exitCode = violations.length > 0 || modules < fewestModules ? 1 : 0;
