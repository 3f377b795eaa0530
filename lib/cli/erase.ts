import { parseArgs } from 'node:util';
import type { ErasureReceipt } from '#lib/core/erasure.ts';
import { erase } from '#lib/erase.ts';
import { UsageError, type CommandContext } from './io.ts';
import { operatorScope } from './operator-scope.ts';

/** Erases a person, as an admin at the machine; prints the receipt. */
export async function erasePerson(argv: string[], { io, open }: CommandContext): Promise<void> {
  const { values } = parseArgs({
    args: argv,
    options: { person: { type: 'string' }, json: { type: 'boolean' } },
  });
  if (!values.person)
    throw new UsageError('Say whom: erase --person hubspot:contacts:7, or an e-mail address.');
  const receipt = await erase(await open(), operatorScope(), values.person);
  io.out(values.json ? JSON.stringify(receipt) : inWords(receipt));
}

function inWords({ id, erased, search, notes }: ErasureReceipt): string {
  const rows = Object.values(erased).reduce((sum, count) => sum + count, 0);
  return [
    `${id}: ${rows} rows removed or changed.`,
    `Searched ${search.columns} columns of ${search.tables} tables (${search.rows} rows) for ${search.marks} names, addresses and numbers: found in ${search.before} places before, in none now.`,
    ...notes,
  ].join('\n');
}
