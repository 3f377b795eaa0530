import { createHash, randomBytes } from 'node:crypto';
import { z } from 'zod';
import { AppError } from '#lib/core/errors.ts';
import { toInstant } from '#lib/core/time.ts';
import type { TenantTx } from '#lib/platform/db.ts';
import { sha256 } from '#lib/platform/hash.ts';
import { seal, unseal, type SealingKey } from '#lib/platform/secrets.ts';
import { hubSpotConsentUrl, identifyAtHubSpot, redeemHubSpotCode } from './hubspot/oauth.ts';
import type { ConsentCode } from './oauth-http.ts';
import type { Consenter } from './oauth-user.ts';
import { identifyAtSalesforce, redeemSalesforceCode, salesforceConsentUrl } from './salesforce/oauth.ts';
import type { AppSecrets, Secrets } from './secrets.ts';
import { saveVisit, takeVisit } from './store-visits.ts';

/** How long a visit to the consent page may take. */
const visitMs = 10 * 60_000;

export type OAuthCrm = 'hubspot' | 'salesforce';

/** `connect`: for access to the account that stays; `sign-in`: only to learn who somebody is. */
const Purpose = z.enum(['connect', 'sign-in']);
export type Purpose = z.infer<typeof Purpose>;

const Visit = z.object({
  verifier: z.string(),
  redirectUri: z.string(),
  purpose: Purpose,
  /** The admin of ours who began it, by user id; null: nobody who was signed in as one. */
  begunBy: z.string().nullable(),
});
export type Visit = z.infer<typeof Visit>;

const random = (): string => randomBytes(32).toString('base64url');

/**
 * Begins a visit to the CRM's consent page: its address, and the state by which the browser proves that it is the one
 * that was sent there. The PKCE verifier (RFC 7636) stays here, sealed.
 */
export async function beginVisit(
  tx: TenantTx,
  key: SealingKey,
  visit: Omit<Visit, 'verifier'> & { crm: OAuthCrm; pagesUrl: string; clientId: string; now: Date },
): Promise<{ url: string; state: string }> {
  const { crm, pagesUrl, clientId, redirectUri, purpose, begunBy, now } = visit;
  const [state, verifier] = [random(), random()];
  await saveVisit(
    tx,
    {
      stateHash: sha256(state),
      crm,
      sealed: seal(
        key,
        tx.tenantId,
        JSON.stringify({ verifier, redirectUri, purpose, begunBy } satisfies Visit),
      ),
      expiresAt: toInstant(now.getTime() + visitMs),
    },
    toInstant(now),
  );
  const challenge = createHash('sha256').update(verifier).digest('base64url');
  const query = { clientId, redirectUri, purpose, state, challenge };
  return {
    state,
    url: crm === 'hubspot' ? hubSpotConsentUrl(pagesUrl, query) : salesforceConsentUrl(pagesUrl, query),
  };
}

/** Ends a visit, which nobody can end twice. Null: there is none of this state, or its time is over. */
export async function endVisit(
  tx: TenantTx,
  key: SealingKey,
  { crm, state, now }: { crm: OAuthCrm; state: string; now: Date },
): Promise<Visit | null> {
  const row = await takeVisit(tx, sha256(state));
  if (row === null || row.crm !== crm || row.expiresAt <= toInstant(now)) return null;
  return Visit.parse(JSON.parse(unseal(key, tx.tenantId, row.sealed)));
}

/** What a consent opened. `apiUrl` null: the CRM's one address for all. */
export interface Entry {
  secrets: Secrets;
  accountId: string;
  name: string;
  apiUrl: string | null;
  /** Who consented. */
  user: Consenter;
}

/** Exchanges the code that consent gave for tokens. Throws AppError. */
export async function redeemCode(
  crm: OAuthCrm,
  app: AppSecrets,
  given: ConsentCode,
  now: Date,
): Promise<Entry> {
  insistOnLength(given);
  return crm === 'hubspot'
    ? { ...(await redeemHubSpotCode(app, given, now)), apiUrl: null }
    : redeemSalesforceCode(app, given);
}

/** Who consented, and for which account; what the code opens is kept nowhere. Throws AppError. */
export async function identify(
  crm: OAuthCrm,
  app: AppSecrets,
  given: ConsentCode,
): Promise<{ accountId: string; user: Consenter }> {
  insistOnLength(given);
  return crm === 'hubspot' ? identifyAtHubSpot(app, given) : identifyAtSalesforce(app, given);
}

function insistOnLength({ code }: ConsentCode): void {
  if (code.length > 2000) throw new AppError('bad_input', 'The code of the consent cannot be read.');
}
