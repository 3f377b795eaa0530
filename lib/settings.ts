import type { Scope } from '#lib/core/scope.ts';
import { TenantSettings } from '#lib/core/settings.ts';
import type { TenantTx } from '#lib/platform/db.ts';
import { mayDo } from './may.ts';
import { bindRelease, release } from './release.ts';
import { stages, type Stages } from './stages.ts';
import { askToWrite } from './write-scores.ts';

/** What an admin decided for the tenant, as the release in force has it. */
export const settingsInForce = async (tx: TenantTx, s: Stages = stages): Promise<TenantSettings> =>
  bindRelease(await s.releases.current(tx)).settings;

/** Puts new settings in force: a release like any other, on the record. Throws AppError('forbidden'). */
export async function changeSettings(
  tx: TenantTx,
  scope: Scope,
  settings: TenantSettings,
  now: Date,
  s: Stages = stages,
): Promise<void> {
  await mayDo(tx, scope, 'change_settings', s);
  const body = TenantSettings.parse(settings);
  const before = (await settingsInForce(tx, s)).privacyClasses;
  await release(
    tx,
    scope,
    {
      name: `settings by ${scope.actor.name}`,
      artifacts: [{ kind: 'runtime-config', name: 'settings', body }],
    },
    now,
    s,
  );
  // What scoring may read is another: what was derived before does not hold.
  if (JSON.stringify(before) !== JSON.stringify(body.privacyClasses)) await s.features.noteManyChanges(tx);
  // Scores that waited while it was turned off.
  if (body.writes.score && !body.killSwitch) await askToWrite(tx, now);
}

/** Names of the policies in force, with what each says. */
export async function policiesInForce(
  tx: TenantTx,
  s: Stages = stages,
): Promise<{ name: string; reason: string }[]> {
  return s.policy.policyNames(bindRelease(await s.releases.current(tx)).policySet);
}
