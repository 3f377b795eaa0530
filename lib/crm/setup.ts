import { AppError } from '#lib/core/errors.ts';
import type { CrmAccess, CrmAccount } from './doors.ts';
import { readHubSpotAccount } from './hubspot/account.ts';
import { installHubSpotProperties } from './hubspot/install.ts';
import { readSalesforceAccount } from './salesforce/account.ts';
import { checkSalesforceFields } from './salesforce/install.ts';

export type { CrmAccess, CrmAccount } from './doors.ts';

/** Which account an access token opens: asked before a connection is made. */
export async function readAccount(access: CrmAccess): Promise<CrmAccount> {
  if (access.crm === 'hubspot') return readHubSpotAccount(access);
  if (access.crm === 'salesforce') return readSalesforceAccount(access);
  throw new AppError('refused', `Sidecard cannot connect to ${access.crm}.`);
}

/**
 * Makes what Sidecard keeps in the CRM itself: the unique keys on tasks and notes, and the score properties on
 * contacts, in a group of their own. Safe to run again; answers with the names that it created. In Salesforce they come
 * with the package, and this checks that they are there: AppError('refused') names what is missing.
 * Throws AppError('conflict') when a property of that name exists and cannot serve as a key.
 */
export async function installProperties(access: CrmAccess): Promise<{ created: string[] }> {
  if (access.crm === 'hubspot') return installHubSpotProperties(access);
  if (access.crm === 'salesforce') return checkSalesforceFields(access);
  throw new AppError('refused', `Sidecard cannot set up ${access.crm}.`);
}
