import { AppError } from '#lib/core/errors.ts';
import type { Crm } from '#lib/core/subject.ts';
import { openConnection, tenantOfAccount } from '#lib/crm/connections.ts';
import { crmUserOf } from '#lib/graph/read.ts';
import type { TenantTx } from '#lib/platform/db.ts';
import type { Flow } from './flow.ts';
import { acceptLaunchKey, mintLaunch, tenantOfToken, type Person, type Source } from './sign-in/sign-in.ts';
import { stages, type Stages } from './stages.ts';

/** Salesforce names one record by 15 characters or by 18; ids are stored in the long form. */
export const { longSalesforceId } = stages.ingest;

/** A person for whom the CRM vouched, and in which tenant. */
export interface Vouched {
  tenantId: string;
  person: Person;
}

export interface SignedCall {
  method: string;
  /** The whole URL as HubSpot called it, with its query. */
  uri: string;
  body: string;
  timestamp: string | null;
  signature: string | null;
}

const notVouched = (why: string) =>
  new AppError('unauthenticated', `This call cannot be trusted: ${why}. Nothing was done.`);

/**
 * Who sends a call of HubSpot's card: HubSpot puts account and user into the query and signs it all. Throws
 * AppError('unauthenticated') for a wrong, missing or old signature, an account that is not connected, and a query that
 * names anything twice, since the card could have added its own user beside HubSpot's.
 */
export async function vouchedByHubSpot(flow: Flow, call: SignedCall, s: Stages = stages): Promise<Vouched> {
  const query = new URL(call.uri).searchParams;
  const one = (name: string): string | null => {
    const [value = null, ...more] = query.getAll(name);
    if (more.length > 0) throw notVouched(`its address names ${name} more than once`);
    return value;
  };
  const [accountId, userId, email] = [one('portalId'), one('userId'), one('userEmail')];
  if (!accountId || !userId) throw notVouched('its address does not say which account and user it is for');
  const tenantId = await tenantOf(flow, 'hubspot', accountId);
  await flow.db.tenant(tenantId, async tx => {
    const { secrets } = await openConnection(tx, flow.sealingKey);
    const check = s.ingest.verifyHubSpotSignature({
      ...call,
      secret: secrets.webhookSecret,
      now: flow.now(),
    });
    if (check !== 'valid') throw notVouched(`its signature is ${check}`);
  });
  return known(flow, tenantId, { userId, email, name: null });
}

/** The tenant of a CRM account. Throws AppError('unauthenticated') for one that is not connected. */
export async function tenantOf(flow: Flow, crm: Crm, accountId: string): Promise<string> {
  const tenantId = await flow.db.system('find tenant of a CRM account', tx =>
    tenantOfAccount(tx, crm, accountId),
  );
  if (tenantId === null) throw notVouched('its CRM account is not connected here');
  return tenantId;
}

/** A user as the CRM tells of them. */
export interface ToldUser {
  userId: string;
  name: string | null;
  email: string | null;
}

/** Salesforce's server, which shows the key that an admin gave it, tells of its user. Throws AppError('unauthenticated'). */
export async function vouchedByKey(
  flow: Flow,
  key: string,
  told: ToldUser & { accountId: string },
): Promise<Vouched> {
  const tenantId = tenantOfToken('key', key);
  if (tenantId === null) throw notVouched('its key is not one of ours');
  const accepted = await flow.db.tenant(tenantId, tx => acceptLaunchKey(tx, key, flow.now()));
  if (!accepted) throw notVouched('its key is not in force');
  if ((await tenantOf(flow, 'salesforce', told.accountId)) !== tenantId)
    throw notVouched('its key belongs to another CRM account');
  return known(flow, tenantId, told);
}

/** Who a user of the CRM is here: as whom they own records. */
export const known = (flow: Flow, tenantId: string, told: ToldUser): Promise<Vouched> =>
  flow.db.tenant(tenantId, async tx => ({ tenantId, person: await personOf(tx, told) }));

async function personOf(tx: TenantTx, { userId, name, email }: ToldUser): Promise<Person> {
  const fallback = { userId, ownerId: null, name: name ?? email ?? `User ${userId}`, email };
  return asKnownNow(tx, fallback);
}

/**
 * Somebody as the CRM's people have them now: these may have been read, renamed or given an owner since they came in. Who is
 * not among them stays as they came.
 */
export async function asKnownNow(tx: TenantTx, person: Person): Promise<Person> {
  const user = await crmUserOf(tx, person);
  if (!user) return person;
  return { userId: person.userId, ownerId: user.ownerId, name: user.name, email: user.email ?? person.email };
}

/** A path of ours that signs this person in, once, within a minute; the token is behind the #, which no server logs. */
export async function launchPath(
  flow: Flow,
  { tenantId, person }: Vouched,
  launch: { source: Source; place: string },
): Promise<string> {
  const token = await flow.db.tenant(tenantId, tx => mintLaunch(tx, person, launch, flow.now()));
  return `/launch#launch=${token}`;
}
