import { env } from '#lib/platform/env.ts';
import { servedTenant } from './open-process.ts';
import { frameAncestorsOf } from './page-headers.ts';

/** Who may frame the card now: the pages of the CRM that is connected, and what the installation adds. */
export async function connectedFrames(): Promise<readonly string[]> {
  const more = env().SIDECARD_FRAME_ANCESTORS ?? [];
  const tenant = await servedTenant();
  if (!tenant) return more;
  const { crm, appUrl } = tenant.connection;
  // The demo's CRM is the sandbox on this machine, whatever format it speaks.
  return frameAncestorsOf(tenant.kind === 'demo' ? 'csv' : crm, { pages: appUrl, more });
}
