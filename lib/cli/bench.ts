import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { benches } from './bench/benches.ts';
import type { Figure } from './bench/figure.ts';
import { openPlace } from './bench/place.ts';
import { lineOf } from './bench/report.ts';
import { runMain, terminal, UsageError } from './io.ts';

/**
 * `npm run bench [part of a name] [--json] [--full]`: how long things take, each beside the least that must be done, measured in
 * the same run; `--full` with as many rows as is promised, where that takes minutes. The ratios compare between machines and days; nothing here can fail by being slow.
 */
runMain(async () => {
  const { filter, json, isFull } = readWords(process.argv.slice(2));
  const chosen = Object.entries(benches).filter(([name]) => name.includes(filter));
  if (chosen.length === 0)
    throw new UsageError(`There is no bench "${filter}". There are: ${Object.keys(benches).join(', ')}.`);
  const place = openPlace();
  const interrupted = () => {
    process.on('uncaughtException', () => undefined); // what was under way breaks off; all is stopped nevertheless
    void place.close().finally(() => process.exit(130));
  };
  process.once('SIGINT', interrupted);
  process.once('SIGTERM', interrupted);
  process.stdout.once('error', interrupted); // whoever read the figures is gone
  const began = performance.now();
  const figures: ({ bench: string } & Figure)[] = [];
  try {
    for (const [bench, run] of chosen) {
      if (json) terminal.err(`${bench} …`);
      else terminal.out(bench);
      for (const figure of await run(place, { isFull })) {
        figures.push({ bench, ...figure });
        if (!json) terminal.out(lineOf(figure));
      }
    }
  } finally {
    await place.close();
  }
  const machine = { node: process.version, cpus: cpus().length, cpu: cpus()[0]?.model ?? 'unknown' };
  const seconds = Math.round((performance.now() - began) / 100) / 10;
  if (json) terminal.out(JSON.stringify({ machine, seconds, figures }));
  else
    terminal.out(
      `\n× is how many times the baseline's time it takes. ${machine.cpus} cores (${machine.cpu}), Node ${machine.node}, ${seconds} s in all.`,
    );
});

function readWords(argv: string[]): { filter: string; json: boolean; isFull: boolean } {
  try {
    const { values, positionals } = parseArgs({
      args: argv,
      options: { json: { type: 'boolean' }, full: { type: 'boolean' } },
      allowPositionals: true,
    });
    if (positionals.length > 1) throw new Error('it takes one name, or part of one');
    return { filter: positionals[0] ?? '', json: values.json ?? false, isFull: values.full ?? false };
  } catch (error) {
    throw new UsageError(`bench: ${(error as Error).message}`);
  }
}
