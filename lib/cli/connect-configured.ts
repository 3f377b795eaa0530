import { readFileSync } from 'node:fs';
import { AppError } from '#lib/core/errors.ts';
import { connectCrm, type NewCrm } from '#lib/connect.ts';
import { connectionOf, signInToSalesforce } from '#lib/crm/connections.ts';
import type { Flow } from '#lib/flow.ts';
import { env, ownAccess, servedTenantId } from '#lib/platform/env.ts';
import { loadPolicySet } from '#lib/policy/load.ts';
import { sandboxSecret } from './sandbox-secret.ts';

/** Whether the environment names a CRM of the user's own; else the demo runs with the sandbox. */
export const hasOwnCrm = (): boolean => servedTenantId() === 'own';

export interface Configured {
  tenantId: string;
  /** False: an admin has to connect it, in the browser or by `sidecard connect`. */
  connected: boolean;
  /** What became of it, for people. */
  text: string;
}

/**
 * Connects what the environment names: the sandbox as the demo, or the user's own CRM by token or key. One that is
 * connected in the browser stays as it is, and so does one that an admin disconnected, until `again`.
 * Throws AppError when it cannot be reached.
 */
export async function connectConfigured(flow: Flow, { again = false } = {}): Promise<Configured> {
  const tenantId = servedTenantId();
  const access = ownAccess();
  const known = await flow.db.tenant(tenantId, connectionOf);
  const isCut = known?.state.status === 'disconnected';
  if (access?.by === 'consent')
    return { tenantId, connected: known !== null && !isCut, text: waiting(isCut) };
  if (access !== null && isCut && !again)
    return {
      tenantId,
      connected: false,
      text: 'disconnected; "npm run sidecard -- connect" connects it again',
    };
  const crm = access === null ? sandbox() : access.by === 'token' ? hubSpot() : await salesforce(flow.now());
  await connectCrm(flow, { tenantId, policySet: loadPolicySet(), ...crm });
  return { tenantId, connected: true, text: 'our properties are in place' };
}

const waiting = (isCut: boolean): string =>
  isCut ? 'disconnected; connect it again in the browser' : 'by consent in the browser';

type Account = Omit<NewCrm, 'tenantId' | 'policySet'>;

function sandbox(): Account {
  const { SANDBOX_PORT, SANDBOX_CRM, DATA_DIR, HUBSPOT_BASE_URL } = env();
  return {
    crm: SANDBOX_CRM,
    name: 'Sandbox CRM',
    // Something may stand between us and the sandbox, as when faults are tried out.
    apiUrl: HUBSPOT_BASE_URL ?? `http://127.0.0.1:${SANDBOX_PORT}`,
    appUrl: `http://localhost:${SANDBOX_PORT}`,
    kind: 'demo',
    secrets: { accessToken: 'sandbox', webhookSecret: sandboxSecret(DATA_DIR) },
  };
}

function hubSpot(): Account {
  const settings = env();
  if (!settings.HUBSPOT_CLIENT_SECRET)
    throw new AppError(
      'bad_input',
      'HUBSPOT_ACCESS_TOKEN is set without HUBSPOT_CLIENT_SECRET: webhooks could not be verified.',
    );
  return {
    crm: 'hubspot',
    name: 'HubSpot',
    apiUrl: settings.HUBSPOT_BASE_URL ?? 'https://api.hubapi.com',
    appUrl: settings.HUBSPOT_APP_URL ?? 'https://app.hubspot.com',
    kind: 'connected',
    secrets: {
      accessToken: settings.HUBSPOT_ACCESS_TOKEN ?? '',
      webhookSecret: settings.HUBSPOT_CLIENT_SECRET,
    },
  };
}

async function salesforce(now: Date): Promise<Account> {
  const { SALESFORCE_CLIENT_ID, SALESFORCE_CLIENT_SECRET, SALESFORCE_LOGIN_URL, ...settings } = env();
  const { SALESFORCE_USERNAME: username, SALESFORCE_PRIVATE_KEY_FILE: file } = settings;
  if (!username)
    throw new AppError(
      'bad_input',
      'SALESFORCE_PRIVATE_KEY_FILE is set without SALESFORCE_USERNAME: nobody could sign in by the key.',
    );
  const app = {
    id: SALESFORCE_CLIENT_ID ?? '',
    secret: SALESFORCE_CLIENT_SECRET ?? '',
    tokenUrl: new URL(SALESFORCE_LOGIN_URL).origin,
  };
  const entry = await signInToSalesforce({ app, username, privateKey: readKey(file ?? '') }, now);
  return {
    crm: 'salesforce',
    name: entry.name,
    apiUrl: entry.apiUrl,
    appUrl: entry.apiUrl,
    kind: 'connected',
    secrets: entry.secrets,
  };
}

function readKey(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new AppError('bad_input', `SALESFORCE_PRIVATE_KEY_FILE: ${file} cannot be read.`, {}, error);
  }
}
