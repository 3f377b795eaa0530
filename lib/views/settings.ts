import type { Scope } from '#lib/core/scope.ts';
import type { TenantSettings } from '#lib/core/settings.ts';
import { connectionOf } from '#lib/crm/read.ts';
import { mayChangeSettings, mayDo } from '#lib/may.ts';
import type { TenantTx } from '#lib/platform/db.ts';
import { policiesInForce, settingsInForce } from '#lib/settings.ts';

/** The CRM account that the tenant is connected to, for people. */
export interface ConnectionView {
  crm: string;
  name: string;
  accountId: string;
  status: 'ok' | 'failing' | 'disconnected';
  text: string;
  since: string;
  isDemo: boolean;
}

/** Settings and policies in force, the connection to the CRM, and whether this scope may change them. */
export async function settingsView(
  tx: TenantTx,
  scope: Scope,
): Promise<{
  settings: TenantSettings;
  policies: string[];
  canChange: boolean;
  connection: ConnectionView | null;
}> {
  await mayDo(tx, scope, 'view_pipeline');
  const policies = await policiesInForce(tx);
  return {
    settings: await settingsInForce(tx),
    policies: policies.map(({ name, reason }) => `${name}: ${reason}`),
    canChange: await mayChangeSettings(tx, scope),
    connection: await connectionView(tx),
  };
}

/** What is wrong with the connection to the CRM, for every page to say; null while it works, and before there is one. */
export async function connectionTrouble(tx: TenantTx): Promise<string | null> {
  const state = (await connectionOf(tx))?.state;
  return state === undefined || state.status === 'ok' ? null : state.text;
}

async function connectionView(tx: TenantTx): Promise<ConnectionView | null> {
  const connection = await connectionOf(tx);
  if (connection === null) return null;
  const { crm, name, accountId, state, kind } = connection;
  return { crm, name, accountId, ...state, isDemo: kind === 'demo' };
}
