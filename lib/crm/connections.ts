import { randomBytes } from 'node:crypto';
import { AppError } from '#lib/core/errors.ts';
import { Crm } from '#lib/core/subject.ts';
import { toInstant, type Instant } from '#lib/core/time.ts';
import type { SystemTx, TenantTx } from '#lib/platform/db.ts';
import { reseal, seal, unseal, type SealingKey } from '#lib/platform/secrets.ts';
import { Secrets, type NewSecrets } from './secrets.ts';
import { noTraffic } from './traffic-state.ts';
import { forgetRenewals } from './store-renewals.ts';
import { forgetTraffic, saveTraffic } from './store-traffic.ts';
import {
  findTenant,
  loadConnection,
  loadConnections,
  lockConnection,
  saveConnection,
  saveSecrets,
  saveState,
  type ConnectionRow,
} from './store.ts';

export {
  beginVisit,
  endVisit,
  identify,
  redeemCode,
  type Entry,
  type OAuthCrm,
  type Purpose,
} from './oauth.ts';
export type { Consenter } from './oauth-user.ts';
export { signInToSalesforce } from './salesforce/oauth.ts';
export { revokeAccess } from './oauth-revoke.ts';
export { AppSecrets, type NewSecrets, type Secrets } from './secrets.ts';

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
  secrets: Secrets;
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
  secrets: NewSecrets;
  now: Date;
}

/**
 * Connects the tenant to a CRM account, or renews its connection; secrets are sealed for this tenant. Until the transaction
 * ends, others who connect the same tenant wait.
 * Throws AppError('conflict') when the account belongs to another tenant, or the tenant to another account.
 */
export async function connect(
  tx: TenantTx,
  connection: NewConnection,
  key: SealingKey,
): Promise<{ isNew: boolean; wasCut: boolean }> {
  const { secrets, now, ...open } = connection;
  const at = toInstant(now);
  const row = await lockConnection(tx);
  insistOnSame(row, open);
  const parsed = Secrets.parse(secrets);
  const known = row?.sealedSecrets ? openSecrets(row.sealedSecrets, tx, key) : null;
  try {
    const wasCut = row !== null && row.sealedSecrets === null;
    if (wasCut) await forgetTraffic(tx);
    await forgetRenewals(tx);
    const { isNew } = await saveConnection(tx, {
      ...open,
      apiUrl: withoutSlash(open.apiUrl),
      appUrl: withoutSlash(open.appUrl),
      sealedSecrets: seal(
        key,
        tx.tenantId,
        JSON.stringify(open.crm === 'salesforce' ? withOwnKey(parsed, known) : parsed),
      ),
      state: { status: 'ok', text: 'Connected.', since: at },
      connectedAt: at,
    });
    return { isNew, wasCut };
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

/**
 * Salesforce signs nothing: the key in the address to which it sends its messages is ours to make, once, since an admin
 * enters it there.
 */
const withOwnKey = (secrets: Secrets, known: Secrets | null): Secrets => ({
  ...secrets,
  webhookSecret: secrets.webhookSecret || known?.webhookSecret || randomBytes(24).toString('base64url'),
});

/** Null where they were sealed with a key that is not here: the connection is being made anew. */
function openSecrets(sealed: string, tx: TenantTx, key: SealingKey): Secrets | null {
  try {
    return Secrets.parse(JSON.parse(unseal(key, tx.tenantId, sealed)));
  } catch (error) {
    if (error instanceof AppError) return null;
    throw error;
  }
}

/** Throws AppError('conflict') when the tenant belongs to another account. */
export const insistOnAccount = async (
  tx: TenantTx,
  account: Pick<NewConnection, 'crm' | 'accountId' | 'kind'>,
): Promise<void> => insistOnSame(await loadConnection(tx), account);

/** Records of two accounts in one tenant could not be told apart. A demo may change its sandbox. */
function insistOnSame(
  row: ConnectionRow | null,
  { crm, accountId, kind }: Pick<NewConnection, 'crm' | 'accountId' | 'kind'>,
): void {
  if (row === null || kind === 'demo' || (row.crm === crm && row.accountId === accountId)) return;
  const [old, wanted] = [accountOf(row), accountOf({ crm, accountId })];
  throw new AppError(
    'conflict',
    row.state.status === 'disconnected'
      ? `What Sidecard knows here is of the ${old}. Connect that account again, or use an empty database for the ${wanted}.`
      : `Sidecard is connected to the ${old}, and to one account at a time. The ${wanted} was not connected.`,
  );
}

export const vendorName = (crm: string): string =>
  ({ hubspot: 'HubSpot', salesforce: 'Salesforce' })[crm] ?? 'The CRM';
const accountOf = ({ crm, accountId }: { crm: string; accountId: string }): string =>
  `${vendorName(crm)} account ${accountId}`;

/** The tenant's connection without its secrets; null before one is made. */
export async function connectionOf(tx: TenantTx): Promise<Connection | null> {
  const row = await loadConnection(tx);
  return row && fromRow(row);
}

/** The connection with its secrets. Throws AppError('not_found') before one is made, 'refused' once it was disconnected. */
export async function openConnection(tx: TenantTx, key: SealingKey): Promise<OpenConnection> {
  const row = await loadConnection(tx);
  if (row === null) throw new AppError('not_found', 'No CRM is connected. Connect one under Settings first.');
  if (row.sealedSecrets === null)
    throw new AppError(
      'refused',
      `The ${accountOf(row)} is disconnected: nothing is read from it or written to it. Connect it again to go on.`,
    );
  const secrets = Secrets.parse(JSON.parse(unseal(key, tx.tenantId, row.sealedSecrets)));
  return { ...fromRow(row), secrets };
}

/** Notes whether the CRM answers, in a sentence that people read; `since` moves only when the status does. */
export async function setConnectionState(
  tx: TenantTx,
  next: { status: 'ok' | 'failing'; text: string; now: Date },
): Promise<void> {
  const row = await loadConnection(tx);
  // What was under way when it was disconnected says nothing any more.
  if (row === null || row.state.status === 'disconnected') return;
  if (row.state.status === next.status && row.state.text === next.text) return;
  const since = row.state.status === next.status ? row.state.since : toInstant(next.now);
  await saveState(tx, { status: next.status, text: next.text, since });
}

/** Keeps what a renewal brought, all of it or nothing. A connection that was cut meanwhile stays cut. */
export async function keepNewToken(
  tx: TenantTx,
  key: SealingKey,
  secrets: Secrets,
  apiUrl: string | null,
): Promise<void> {
  const row = await lockConnection(tx);
  if (row === null || row.sealedSecrets === null) return;
  await saveSecrets(tx, {
    sealedSecrets: seal(key, tx.tenantId, JSON.stringify(secrets)),
    apiUrl: apiUrl ?? row.apiUrl,
  });
}

/** Forgets the secrets, for good: from here on nothing reaches the account. What is known of it stays. */
export async function cutConnection(tx: TenantTx, { by, now }: { by: string; now: Date }): Promise<void> {
  await saveSecrets(tx, { sealedSecrets: null });
  await saveState(tx, { status: 'disconnected', text: `Disconnected by ${by}.`, since: toInstant(now) });
  await forgetRenewals(tx);
  await saveTraffic(tx, { ...noTraffic, cut: true });
}

/** Seals the tenant's secrets with the newest key. Throws AppError('unavailable') when their key is not here. */
export async function resealConnection(
  tx: TenantTx,
  key: SealingKey,
): Promise<'none' | 'newest' | 'resealed'> {
  const row = await lockConnection(tx);
  if (row === null || row.sealedSecrets === null) return 'none';
  const sealedSecrets = reseal(key, tx.tenantId, row.sealedSecrets);
  if (sealedSecrets === null) return 'newest';
  await saveSecrets(tx, { sealedSecrets });
  return 'resealed';
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
