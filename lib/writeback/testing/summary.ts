import type { FaultRun } from './fault-runs.ts';

/** What runs came through, by CRM and fault, in lines of a table. */
export function summarise(runs: readonly FaultRun[]): string {
  const lines = [...Map.groupBy(runs, run => run.crm)].flatMap(([crm, ofCrm]) => [
    row(`${crm}, all`, ofCrm),
    ...[...Map.groupBy(ofCrm, run => run.fault)].map(([fault, some]) => row(`  ${fault}`, some)),
  ]);
  return [columns('', 'runs', 'undone', 'attempts', 'deaths'), ...lines].join('\n');
}

const row = (name: string, runs: readonly FaultRun[]): string => {
  const sum = (of: (run: FaultRun) => number) => String(runs.reduce((total, run) => total + of(run), 0));
  return columns(
    name,
    String(runs.length),
    sum(run => (run.undone ? 1 : 0)),
    sum(run => run.attempts),
    sum(run => run.deaths),
  );
};

const columns = (name: string, ...numbers: string[]): string =>
  name.padEnd(34) + numbers.map(number => number.padStart(10)).join('');
