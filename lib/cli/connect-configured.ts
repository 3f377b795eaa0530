import { AppError } from '#lib/core/errors.ts';
import { connectCrm } from '#lib/connect.ts';
import type { Flow } from '#lib/flow.ts';
import { env, servedTenantId } from '#lib/platform/env.ts';
import { loadPolicySet } from '#lib/policy/load.ts';
import { sandboxSecret } from './sandbox-secret.ts';

/** Whether the environment names a CRM of the user's own; else the demo runs with the sandbox. */
export const hasOwnCrm = (): boolean => servedTenantId() === 'own';

/** Connects the CRM that the environment names, or the sandbox as the demo. Throws AppError when it cannot be reached. */
export async function connectConfigured(flow: Flow): Promise<{ tenantId: string; appUrl: string }> {
  const settings = env();
  const policySet = loadPolicySet();
  if (!hasOwnCrm()) {
    const appUrl = `http://localhost:${settings.SANDBOX_PORT}`;
    const secrets = { accessToken: 'sandbox', webhookSecret: sandboxSecret(settings.DATA_DIR) };
    // Something may stand between us and the sandbox, as when faults are tried out.
    const apiUrl = settings.HUBSPOT_BASE_URL ?? `http://127.0.0.1:${settings.SANDBOX_PORT}`;
    await connectCrm(flow, {
      tenantId: servedTenantId(),
      name: 'Sandbox CRM',
      apiUrl,
      appUrl,
      kind: 'demo',
      secrets,
      policySet,
    });
    return { tenantId: servedTenantId(), appUrl };
  }
  if (!settings.HUBSPOT_CLIENT_SECRET)
    throw new AppError(
      'bad_input',
      'HUBSPOT_ACCESS_TOKEN is set without HUBSPOT_CLIENT_SECRET: webhooks could not be verified.',
    );
  const appUrl = settings.HUBSPOT_APP_URL ?? 'https://app.hubspot.com';
  const secrets = {
    accessToken: settings.HUBSPOT_ACCESS_TOKEN ?? '',
    webhookSecret: settings.HUBSPOT_CLIENT_SECRET,
  };
  const apiUrl = settings.HUBSPOT_BASE_URL ?? 'https://api.hubapi.com';
  await connectCrm(flow, {
    tenantId: servedTenantId(),
    name: 'HubSpot',
    apiUrl,
    appUrl,
    kind: 'connected',
    secrets,
    policySet,
  });
  return { tenantId: servedTenantId(), appUrl };
}
