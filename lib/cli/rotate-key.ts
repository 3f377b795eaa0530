import { AppError } from '#lib/core/errors.ts';
import { listTenants, resealConnection } from '#lib/crm/connections.ts';
import type { CommandContext } from './io.ts';
import { isJson } from './json.ts';

/** Seals every stored secret with the newest key, so that older ones can be put away. Safe to run again. */
export async function rotateKey(argv: string[], { io, open }: CommandContext): Promise<void> {
  const json = isJson(argv);
  const { db, sealingKey } = await open();
  const counts = { stored: 0, resealed: 0, unreadable: 0 };
  for (const { tenantId } of await db.system('list tenants', listTenants)) {
    try {
      const became = await db.tenant(tenantId, tx => resealConnection(tx, sealingKey));
      if (became !== 'none') counts.stored += 1;
      if (became === 'resealed') counts.resealed += 1;
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      counts.stored += 1;
      counts.unreadable += 1;
      io.err(`${tenantId}: ${error.message}`);
    }
  }
  io.out(
    json
      ? JSON.stringify({ key: sealingKey.id, ...counts })
      : `${counts.resealed} of ${counts.stored} stored secrets were sealed anew; the newest key is ${sealingKey.id}.`,
  );
  if (counts.unreadable > 0)
    throw new AppError(
      'unavailable',
      `${counts.unreadable} secrets could not be opened: put their key into SIDECARD_OLD_KEYS and run this again.`,
    );
}
