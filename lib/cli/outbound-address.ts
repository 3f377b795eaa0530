import { outboundAddress } from '#lib/outbound-address.ts';
import { env } from '#lib/platform/env.ts';
import type { CommandContext } from './io.ts';
import { isJson } from './json.ts';
import { operatorScope } from './operator-scope.ts';

/** Prints the address for Salesforce's outbound messages, with its key, for an admin at the machine. */
export async function printOutboundAddress(argv: string[], { io, open }: CommandContext): Promise<void> {
  const json = isJson(argv);
  const { PUBLIC_URL, PORT } = env();
  const scope = operatorScope();
  const address = await outboundAddress(await open(), scope, PUBLIC_URL ?? `http://127.0.0.1:${PORT}`);
  io.out(json ? JSON.stringify({ address }) : address);
}
