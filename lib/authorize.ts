import { AppError } from '#lib/core/errors.ts';
import { mayDo } from './may.ts';
import type { Scope } from '#lib/core/scope.ts';
import {
  beginVisit,
  connectionOf,
  endVisit,
  identify,
  insistOnAccount,
  redeemCode,
  type AppSecrets,
  type Consenter,
  type OAuthCrm,
  type Purpose,
} from '#lib/crm/connections.ts';
import { connectCrm } from './connect.ts';
import type { Flow, Shipped } from './flow.ts';
import { mayConnect } from './people.ts';

/** The app of ours in which an admin is asked to trust, and where its CRM is found. */
export interface OAuthApp {
  crm: OAuthCrm;
  app: AppSecrets;
  /** Origin of the CRM's pages for people, the one for consent among them. */
  pagesUrl: string;
  /** Origin of its interface; null: the consent tells. */
  apiUrl: string | null;
  redirectUri: string;
  /** The only account that may be connected; null: whichever the first consent is for. */
  onlyAccount: string | null;
}

/**
 * Sends somebody to the CRM's consent page, to connect the account or only to sign in: its address and the state that
 * their browser must bring back. Where no account is connected, both connect it. While one is connected and answers, only
 * an admin may connect it anew. Throws AppError('forbidden' | 'unauthenticated').
 */
export async function startAuthorizing(
  flow: Flow,
  tenantId: string,
  { crm, app, pagesUrl, redirectUri }: OAuthApp,
  ask: { purpose: Purpose; who: () => Promise<Scope> },
): Promise<{ url: string; state: string }> {
  const connection = await flow.db.tenant(tenantId, connectionOf);
  const status = connection?.state.status ?? 'disconnected';
  const purpose = status === 'disconnected' ? 'connect' : ask.purpose;
  const begunBy =
    purpose === 'connect' && connection ? await adminWho(flow, tenantId, ask.who, status) : null;
  const now = flow.now();
  return flow.db.tenant(tenantId, tx =>
    beginVisit(tx, flow.sealingKey, { crm, pagesUrl, clientId: app.id, redirectUri, purpose, begunBy, now }),
  );
}

/** The user id of the admin who asks; null for anybody else, where the account is not connected or does not answer. */
async function adminWho(
  flow: Flow,
  tenantId: string,
  who: () => Promise<Scope>,
  status: 'ok' | 'failing' | 'disconnected',
): Promise<string | null> {
  try {
    const scope = await who();
    await flow.db.tenant(tenantId, tx => mayDo(tx, scope, 'change_settings'));
    return scope.actor.id;
  } catch (error) {
    if (status === 'ok' || !(error instanceof AppError)) throw error;
    return null;
  }
}

/** What the CRM's consent page sent the browser back with. */
export interface Returned {
  code: string | null;
  state: string | null;
  /** The state that this browser was sent away with. */
  expectedState: string | null;
  /** The CRM's word for why there is no code. */
  error: string | null;
}

/** What a visit to the consent page came to. */
export interface Authorized {
  purpose: Purpose;
  /** Whoever is to be signed in now; null: the admin who began it stays, and another user lends the CRM's access. */
  user: Consenter | null;
}

/**
 * Somebody comes back from the consent page: their code tells who they are and, where that is what they came for, becomes
 * tokens, and the account the tenant's. Throws AppError: `forbidden` for a visit that this browser did not begin, that is
 * over or was used, and for who may not connect; `conflict` for another account.
 */
export async function endAuthorizing(
  flow: Flow,
  tenantId: string,
  { crm, app, pagesUrl, apiUrl, onlyAccount }: OAuthApp,
  returned: Returned,
  { policySet }: Shipped,
): Promise<Authorized> {
  const { code, state, expectedState } = returned;
  if (state === null || expectedState === null || state !== expectedState)
    throw new AppError(
      'forbidden',
      'This answer does not belong to a visit that began in this browser. Nothing was connected; start again.',
    );
  const visit = await flow.db.tenant(tenantId, tx =>
    endVisit(tx, flow.sealingKey, { crm, state, now: flow.now() }),
  );
  if (visit === null)
    throw new AppError(
      'forbidden',
      'This visit was used already or took more than ten minutes. Start again.',
    );
  if (code === null)
    throw new AppError(
      'forbidden',
      returned.error === 'access_denied'
        ? 'The consent was not given, so nothing was connected.'
        : 'The CRM sent no code, so nothing was connected. Start again.',
    );
  const { purpose, begunBy } = visit;
  if (purpose === 'sign-in') {
    const connection = await flow.db.tenant(tenantId, connectionOf);
    if (connection === null || connection.state.status === 'disconnected')
      throw new AppError('forbidden', 'The CRM was disconnected meanwhile, so nobody can sign in by it.');
    const { accountId, user } = await identify(crm, app, { ...visit, code });
    await flow.db.tenant(tenantId, tx => insistOnAccount(tx, { crm, accountId, kind: 'connected' }));
    return { purpose, user };
  }
  const entry = await redeemCode(crm, app, { ...visit, code }, flow.now());
  const { user } = entry;
  await flow.db.tenant(tenantId, tx => mayConnect(tx, begunBy ?? user.userId));
  await connectCrm(flow, {
    tenantId,
    crm,
    name: entry.name,
    apiUrl: entry.apiUrl ?? apiUrl ?? pagesUrl,
    appUrl: entry.apiUrl ?? pagesUrl,
    kind: 'connected',
    onlyAccount,
    secrets: entry.secrets,
    policySet,
  });
  return { purpose, user: begunBy === null || begunBy === user.userId ? user : null };
}
