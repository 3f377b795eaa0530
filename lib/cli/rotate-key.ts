import { AppError } from '#lib/core/errors.ts';
import { listTenants, resealConnection } from '#lib/crm/connections.ts';
import type { Flow } from '#lib/flow.ts';
import { rewrapKeys } from '#lib/ingest/ingest.ts';
import { servedTenantId } from '#lib/platform/env.ts';
import type { CommandContext } from './io.ts';
import { isJson } from './json.ts';

/**
 * Seals every stored secret, and every key of what was read, with the newest key, so that older ones can be put away. Once
 * they are, copies of the database from before open no more. Safe to run again.
 */
export async function rotateKey(argv: string[], { io, open }: CommandContext): Promise<void> {
  const json = isJson(argv);
  const flow = await open();
  const counts = { stored: 0, resealed: 0, unreadable: 0 };
  const dataKeys = { stored: 0, resealed: 0, unreadable: 0 };
  for (const tenantId of await tenantsOf(flow)) {
    await resealSecrets(flow, tenantId, { counts, tell: io.err });
    const keys = await rewrapKeys(flow.db, tenantId, flow.sealingKey);
    dataKeys.stored += keys.stored;
    dataKeys.resealed += keys.resealed;
    dataKeys.unreadable += keys.unreadable;
  }
  const { id } = flow.sealingKey;
  io.out(
    json
      ? JSON.stringify({ key: id, ...counts, dataKeys })
      : `${counts.resealed} of ${counts.stored} stored secrets and ${dataKeys.resealed} of ${dataKeys.stored} data keys were sealed anew; the newest key is ${id}.`,
  );
  const unreadable = counts.unreadable + dataKeys.unreadable;
  if (unreadable > 0)
    throw new AppError(
      'unavailable',
      `${unreadable} secrets or data keys could not be opened: put their key into SIDECARD_OLD_KEYS and run this again.`,
    );
}

/** A tenant may have files alone, and no connection. */
async function tenantsOf({ db }: Flow): Promise<Set<string>> {
  const connected = await db.system('list tenants', listTenants);
  return new Set([...connected.map(({ tenantId }) => tenantId), servedTenantId()]);
}

async function resealSecrets(
  { db, sealingKey }: Flow,
  tenantId: string,
  {
    counts,
    tell,
  }: { counts: Record<'stored' | 'resealed' | 'unreadable', number>; tell: (text: string) => void },
): Promise<void> {
  try {
    const became = await db.tenant(tenantId, tx => resealConnection(tx, sealingKey));
    if (became !== 'none') counts.stored += 1;
    if (became === 'resealed') counts.resealed += 1;
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    counts.stored += 1;
    counts.unreadable += 1;
    tell(`${tenantId}: ${error.message}`);
  }
}
