import { disconnect } from '#lib/disconnect.ts';
import type { CommandContext } from './io.ts';
import { isJson } from './json.ts';
import { operatorScope } from './operator-scope.ts';

/** Cuts the connection to the CRM, as an admin at the machine. What is known of the account stays. */
export async function disconnectNow(argv: string[], { io, open }: CommandContext): Promise<void> {
  const json = isJson(argv);
  const scope = operatorScope();
  const { revoked } = await disconnect(await open(), scope);
  io.out(
    json
      ? JSON.stringify({ tenant: scope.tenantId, disconnected: true, revoked })
      : `Disconnected. ${revoked}`,
  );
}
