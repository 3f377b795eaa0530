import { AppError } from '#lib/core/errors.ts';
import type { Crm } from '#lib/core/subject.ts';
import { revokeHubSpot } from './hubspot/oauth.ts';
import { revokeSalesforce } from './salesforce/oauth.ts';
import type { Secrets } from './secrets.ts';

/** Takes back at the CRM what it gave us, as well as it goes. Answers with a sentence about what became of it. */
export async function revokeAccess({ crm, secrets }: { crm: Crm; secrets: Secrets }): Promise<string> {
  if (secrets.kind === 'token')
    return 'The access token was forgotten here. It stays good until the private app is deleted in HubSpot.';
  try {
    if (crm === 'hubspot' && secrets.kind === 'oauth') await revokeHubSpot(secrets);
    else await revokeSalesforce(secrets);
    return 'The access was revoked.';
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return `The access was forgotten here, but could not be revoked: ${error.message} Remove the app in the CRM.`;
  }
}
