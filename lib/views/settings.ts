import type { Scope } from '#lib/core/scope.ts';
import type { TenantSettings } from '#lib/core/settings.ts';
import { mayChangeSettings, mayDo } from '#lib/may.ts';
import type { TenantTx } from '#lib/platform/db.ts';
import { policiesInForce, settingsInForce } from '#lib/settings.ts';

/** Settings and policies in force, and whether this scope may change them. */
export async function settingsView(
  tx: TenantTx,
  scope: Scope,
): Promise<{ settings: TenantSettings; policies: string[]; canChange: boolean }> {
  await mayDo(tx, scope, 'view_pipeline');
  const policies = await policiesInForce(tx);
  return {
    settings: await settingsInForce(tx),
    policies: policies.map(({ name, reason }) => `${name}: ${reason}`),
    canChange: await mayChangeSettings(tx, scope),
  };
}
