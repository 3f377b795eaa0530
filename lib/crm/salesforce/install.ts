import { AppError } from '#lib/core/errors.ts';
import type { CrmAccess } from '../doors.ts';
import { openSalesforce } from './api.ts';
import { describing } from './describe.ts';
import { changeKey, ourFields } from './our-fields.ts';

/**
 * Checks that our fields are there: fields are made by deploying the package, as the interface for data creates none.
 * Throws AppError('refused') with those that are missing or hidden, and 'conflict' for a key that does not serve as one.
 */
export async function checkSalesforceFields(access: CrmAccess): Promise<{ created: string[] }> {
  const describe = describing(openSalesforce(access));
  const missing: string[] = [];
  for (const [sobject, wanted] of Object.entries(ourFields)) {
    const { fields } = await describe(sobject);
    const known = new Map(fields.map(field => [field.name, field]));
    const key = known.get(changeKey);
    if (key !== undefined && !(key.unique && key.externalId))
      throw new AppError(
        'conflict',
        `${sobject}.${changeKey} exists in Salesforce but is not both unique and an external id: Sidecard could not recognise what it created. Deploy the package from extensions/salesforce again.`,
        { sobject, field: changeKey },
      );
    missing.push(...wanted.filter(name => !known.has(name)).map(name => `${sobject}.${name}`));
  }
  if (missing.length === 0) return { created: [] };
  throw new AppError(
    'refused',
    `Salesforce lacks ${missing.join(', ')}, or hides ${missing.length === 1 ? 'it' : 'them'} from Sidecard's user. Deploy the package in extensions/salesforce, assign its permission set to that user, then connect again.`,
    { missing },
  );
}
