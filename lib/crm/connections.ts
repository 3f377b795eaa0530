import { z } from 'zod';
import { AppError } from '#lib/core/errors.ts';
import { Crm } from '#lib/core/subject.ts';
import { toInstant, type Instant } from '#lib/core/time.ts';
import type { SystemTx, TenantTx } from '#lib/platform/db.ts';
import { seal, unseal, type SealingKey } from '#lib/platform/secrets.ts';
import {
  findTenant,
  loadConnection,
  loadConnections,
  saveConnection,
  saveState,
  type ConnectionRow,
} from './store.ts';

const Secrets = z.object({ accessToken: z.string().min(1), webhookSecret: z.string() });
type ConnectionSecrets = z.infer<typeof Secrets>;

/** A tenant's CRM account, as pages may see it. `apiUrl` and `appUrl` are origins without a slash at the end. */
export interface Connection {
  tenantId: string;
  crm: Crm;
  name: string;
  accountId: string;
  /** The account's own, ISO 4217. */
  currency: string;
  apiUrl: string;
  appUrl: string;
  kind: ConnectionRow['kind'];
  state: ConnectionRow['state'];
  connectedAt: Instant;
}

/** What talking to the CRM takes. Never leaves the server. */
export interface OpenConnection extends Connection {
  secrets: ConnectionSecrets;
}

export interface NewConnection {
  crm: Crm;
  name: string;
  accountId: string;
  /** The account's own, ISO 4217. */
  currency: string;
  apiUrl: string;
  appUrl: string;
  kind: ConnectionRow['kind'];
  secrets: ConnectionSecrets;
  now: Date;
}

/**
 * Connects the tenant to a CRM account, or renews its connection; secrets are sealed for this tenant. Until the transaction
 * ends, others who connect the same tenant wait.
 * Throws AppError('conflict') when the account belongs to another tenant.
 */
export async function connect(
  tx: TenantTx,
  connection: NewConnection,
  key: SealingKey,
): Promise<{ isNew: boolean }> {
  const { secrets, now, ...open } = connection;
  const at = toInstant(now);
  try {
    return await saveConnection(tx, {
      ...open,
      apiUrl: withoutSlash(open.apiUrl),
      appUrl: withoutSlash(open.appUrl),
      sealedSecrets: seal(key, tx.tenantId, JSON.stringify(Secrets.parse(secrets))),
      state: { status: 'ok', text: 'Connected.', since: at },
      connectedAt: at,
    });
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    throw new AppError(
      'conflict',
      `The ${open.crm} account ${open.accountId} is already connected to another tenant. Disconnect it there first.`,
      {},
      error,
    );
  }
}

/** The tenant's connection without its secrets; null before one is made. */
export async function connectionOf(tx: TenantTx): Promise<Connection | null> {
  const row = await loadConnection(tx);
  return row && fromRow(row);
}

/** The connection with its secrets. Throws AppError('not_found') before one is made. */
export async function openConnection(tx: TenantTx, key: SealingKey): Promise<OpenConnection> {
  const row = await loadConnection(tx);
  if (row === null)
    throw new AppError('not_found', 'No CRM is connected. Connect HubSpot in the settings first.');
  const secrets = Secrets.parse(JSON.parse(unseal(key, tx.tenantId, row.sealedSecrets)));
  return { ...fromRow(row), secrets };
}

/** Notes whether the CRM answers, in a sentence that people read; `since` moves only when the status does. */
export async function setConnectionState(
  tx: TenantTx,
  next: { status: 'ok' | 'failing'; text: string; now: Date },
): Promise<void> {
  const row = await loadConnection(tx);
  if (row === null || (row.state.status === next.status && row.state.text === next.text)) return;
  const since = row.state.status === next.status ? row.state.since : toInstant(next.now);
  await saveState(tx, { status: next.status, text: next.text, since });
}

/** Which tenant a webhook's account belongs to; null for an account that nobody connected. */
export const tenantOfAccount = (tx: SystemTx, crm: Crm, accountId: string): Promise<string | null> =>
  findTenant(tx, crm, accountId);

/** Every connected tenant, the first connected first. */
export const listTenants = async (tx: SystemTx): Promise<Connection[]> =>
  (await loadConnections(tx)).map(fromRow);

const withoutSlash = (url: string): string => url.replace(/\/+$/, '');

const fromRow = ({ sealedSecrets: _, ...row }: ConnectionRow): Connection => ({
  ...row,
  crm: Crm.parse(row.crm),
});

/** Both drivers put Postgres's own error, with its code, behind Drizzle's. */
function isUniqueViolation(error: unknown): boolean {
  const cause = error instanceof Error ? error.cause : undefined;
  return cause instanceof Error && 'code' in cause && cause.code === '23505';
}
