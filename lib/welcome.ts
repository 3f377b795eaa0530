import type { Instant } from '#lib/core/time.ts';
import type { TenantTx } from '#lib/platform/db.ts';
import { AppError } from '#lib/core/errors.ts';
import { crmUsers } from '#lib/graph/read.ts';
import type { Flow } from './flow.ts';
import { adminsOf, appointInstaller } from './people.ts';
import { signIn } from './sign-in/sign-in.ts';
import { known, type ToldUser } from './vouch.ts';

/**
 * Whoever has just connected the CRM is signed in, and becomes its admin where there is none yet: in Salesforce anybody may
 * consent, so a second one is no more than they were.
 */
export async function welcomeInstaller(
  flow: Flow,
  tenantId: string,
  told: ToldUser,
): Promise<{ token: string; expiresAt: Instant }> {
  const { person } = await known(flow, tenantId, told);
  return flow.db.tenant(tenantId, async tx => {
    if ((await adminsOf(tx)).length === 0) await appointInstaller(tx, person, flow.now());
    return signIn(tx, person, 'oauth', flow.now());
  });
}

/** Who shows by the CRM's consent that they are one of its users is signed in, with the role that they have. */
export async function welcomeUser(
  flow: Flow,
  tenantId: string,
  told: ToldUser,
): Promise<{ token: string; expiresAt: Instant }> {
  const { person } = await known(flow, tenantId, told);
  return flow.db.tenant(tenantId, tx => signIn(tx, person, 'oauth', flow.now()));
}

/**
 * Whoever runs the server names an admin by user id or e-mail, as where the CRM was connected by a token and nobody
 * consented. Throws AppError('not_found').
 */
export async function appointByOperator(tx: TenantTx, who: string, now: Date): Promise<{ name: string }> {
  const wanted = who.trim().toLowerCase();
  const user = (await crmUsers(tx)).find(
    ({ userId, email }) => userId.toLowerCase() === wanted || email?.toLowerCase() === wanted,
  );
  if (!user)
    throw new AppError(
      'not_found',
      `Nobody in the CRM has the user id or e-mail "${who}". Are the owners read?`,
    );
  await appointInstaller(tx, user, now);
  return { name: user.name };
}
