import { setTimeout as sleep } from 'node:timers/promises';
import { AppError } from '#lib/core/errors.ts';
import { toInstant, type Clock } from '#lib/core/time.ts';
import type { Db, TenantTx } from '#lib/platform/db.ts';
import { sha256 } from '#lib/platform/hash.ts';
import { newId } from '#lib/platform/ids.ts';
import type { SealingKey } from '#lib/platform/secrets.ts';
import { keepNewToken, openConnection, setConnectionState, vendorName } from './connections.ts';
import { renewHubSpot } from './hubspot/oauth.ts';
import { renewSalesforce } from './salesforce/oauth.ts';
import type { NewToken, RenewableSecrets, Secrets } from './secrets.ts';
import { endLease, keepRefusedHash, refusedHashOf, takeLease } from './store-renewals.ts';

/** An access token that ends within this time is renewed before it is used. */
const renewBeforeMs = 2 * 60_000;
/** Who holds the lease is taken for dead after this time; a token service answers within 15 s or not at all. */
const leaseMs = 30_000;
const lookEveryMs = 150;
const patienceMs = 35_000;

export interface Holder {
  db: Db;
  tenantId: string;
  crm: 'hubspot' | 'salesforce' | 'csv';
  key: SealingKey;
  clock: Clock;
}

/** Renewals under way in this process: its sessions wait for one, not each by itself. */
const underWay = new WeakMap<Db, Map<string, Promise<Secrets>>>();

/**
 * Keeps one session's access token good. It is renewed before it ends and when the CRM refuses it, once for all
 * processes; a token that is refused right after it was renewed is not renewed again.
 */
export function keepToken(holder: Holder, first: Secrets) {
  let secrets = first;
  /** Set by a renewal, until the CRM takes what it brought. */
  let untried: string | null = null;

  return {
    /** Throws AppError('unauthenticated') when only a person can help, AppError('unavailable') when another try may. */
    async token(refused?: string): Promise<string> {
      if (secrets.kind === 'token') {
        if (refused !== undefined) throw await reconnect(holder, 'it refuses the access token');
        return secrets.accessToken;
      }
      if (refused !== undefined && refused === untried && refused === secrets.accessToken)
        throw await reconnect(holder, 'it refuses the access token that it has just given out');
      if (secrets.accessToken === refused || endsSoon(secrets, holder.clock())) {
        const used = secrets.accessToken;
        secrets = await renewOnce(holder, used);
        if (secrets.accessToken !== used) untried = secrets.accessToken;
      }
      return secrets.accessToken;
    },
    /** The CRM took the token: whatever it refuses later may be renewed. */
    accepted(): void {
      untried = null;
    },
  };
}

const endsSoon = (secrets: RenewableSecrets, now: Date): boolean =>
  secrets.expiresAt !== null && Date.parse(secrets.expiresAt) - now.getTime() < renewBeforeMs;

function renewOnce(holder: Holder, used: string): Promise<Secrets> {
  const here = underWay.get(holder.db) ?? new Map<string, Promise<Secrets>>();
  underWay.set(holder.db, here);
  const name = `${holder.tenantId} ${used}`;
  const known = here.get(name);
  if (known) return known;
  const renewal = renewAmongAll(holder, used).finally(() => here.delete(name));
  here.set(name, renewal);
  return renewal;
}

/** Renews, or waits for the process that does. */
async function renewAmongAll(holder: Holder, used: string): Promise<Secrets> {
  const { db, tenantId, key, clock } = holder;
  const name = newId('req');
  for (let waited = 0; waited <= patienceMs; waited += lookEveryMs) {
    const found = await db.tenant(tenantId, async tx => {
      const { secrets } = await openConnection(tx, key);
      // Somebody has renewed it since, or consent was given anew.
      if (secrets.kind === 'token' || secrets.accessToken !== used) return { done: secrets };
      if ((await refusedHashOf(tx)) === proofOf(secrets)) return { dead: true };
      const now = clock();
      const lease = { holder: name, now: toInstant(now), until: toInstant(now.getTime() + leaseMs) };
      return (await takeLease(tx, lease)) ? { ours: secrets } : { busy: true };
    });
    if (found.done) return found.done;
    if (found.dead) throw await reconnect(holder, 'it does not renew our access any more');
    if (found.ours) return renewNow(holder, name, found.ours);
    await sleep(lookEveryMs);
  }
  throw new AppError(
    'unavailable',
    `Another process has been renewing the access to ${vendorName(holder.crm)} for too long. Sidecard tries again.`,
  );
}

async function renewNow(holder: Holder, name: string, secrets: RenewableSecrets): Promise<Secrets> {
  const { db, tenantId, key, clock } = holder;
  const finish = <T>(work: (tx: TenantTx) => Promise<T>): Promise<T> =>
    db.tenant(tenantId, async tx => {
      const result = await work(tx);
      await endLease(tx, name);
      return result;
    });
  try {
    const token = await renewAt(holder.crm, secrets, clock());
    const renewed = withNewToken(secrets, token);
    await finish(tx => keepNewToken(tx, key, renewed, token.apiUrl));
    return renewed;
  } catch (error) {
    const isRefused = error instanceof AppError && error.code === 'unauthenticated';
    await finish(async tx => {
      if (isRefused) await keepRefusedHash(tx, proofOf(secrets));
    });
    if (isRefused) throw await reconnect(holder, 'it does not renew our access any more', error);
    throw error;
  }
}

const renewAt = (crm: Holder['crm'], secrets: RenewableSecrets, now: Date): Promise<NewToken> =>
  crm === 'hubspot' && secrets.kind === 'oauth' ? renewHubSpot(secrets, now) : renewSalesforce(secrets, now);

const withNewToken = (secrets: RenewableSecrets, token: NewToken): RenewableSecrets => ({
  ...secrets,
  accessToken: token.accessToken,
  expiresAt: token.expiresAt,
  ...(secrets.kind === 'oauth' && token.refreshToken !== null ? { refreshToken: token.refreshToken } : {}),
});

/** What a renewal shows to the CRM, as a hash. */
const proofOf = (secrets: RenewableSecrets): string =>
  sha256(
    secrets.kind === 'oauth'
      ? secrets.refreshToken
      : `${secrets.app.id} ${secrets.username} ${secrets.privateKey}`,
  );

/** Says on the connection what a person has to do, and is the error that says the same. */
async function reconnect(
  { db, tenantId, crm, clock }: Holder,
  why: string,
  cause?: unknown,
): Promise<AppError> {
  const vendor = vendorName(crm);
  const text = `Reconnect ${vendor}: ${why}.`;
  await db.tenant(tenantId, tx => setConnectionState(tx, { status: 'failing', text, now: clock() }));
  return new AppError('unauthenticated', text, {}, cause);
}
