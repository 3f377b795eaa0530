import { UsageError } from './io.ts';

/** Whether `--json` was asked for, by commands that take nothing else. Throws UsageError for other words. */
export function isJson(argv: readonly string[]): boolean {
  const other = argv.filter(word => word !== '--json');
  if (other.length > 0) throw new UsageError(`This command does not take ${other.join(' ')}.`);
  return argv.length > 0;
}
