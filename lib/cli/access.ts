import { parseArgs } from 'node:util';
import { accessRequest } from '#lib/access-request.ts';
import { UsageError, type CommandContext } from './io.ts';
import { operatorScope } from './operator-scope.ts';

/** Prints everything that is held about a person as one JSON object: an access request's answer. */
export async function accessPerson(argv: string[], { io, open }: CommandContext): Promise<void> {
  const { values } = parseArgs({
    args: argv,
    options: { person: { type: 'string' }, json: { type: 'boolean' } },
  });
  if (!values.person)
    throw new UsageError('Say whom: access --person hubspot:contacts:7, or an e-mail address.');
  const held = await accessRequest(await open(), operatorScope(), values.person);
  io.out(values.json ? JSON.stringify(held) : JSON.stringify(held, null, 2));
}
