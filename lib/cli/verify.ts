import { listTenants } from '#lib/crm/connections.ts';
import { verify } from '#lib/verify.ts';
import { AppError } from '#lib/core/errors.ts';
import type { CommandContext } from './io.ts';
import { isJson } from './json.ts';

/** Verifies the ledger of every tenant; exit 1 when something does not match. */
export async function verifyLedger(argv: string[], { io, open }: CommandContext): Promise<void> {
  const json = isJson(argv);
  const { db } = await open();
  const problems: string[] = [];
  for (const { tenantId } of await db.system('list tenants', listTenants)) {
    const result = await db.tenant(tenantId, tx => verify(tx));
    if (json) io.out(JSON.stringify({ tenant: tenantId, ...result }));
    else
      io.out(
        `${tenantId}: ${result.entries} entries, root ${result.root}, ${result.ok ? 'all proved' : 'NOT proved'}`,
      );
    problems.push(...result.problems);
  }
  if (problems.length > 0)
    throw new AppError('conflict', `The ledger does not match: ${problems.slice(0, 5).join('; ')}`);
}
