import { z } from 'zod';
import { AppError } from '#lib/core/errors.ts';
import { cardPath } from '#lib/core/record-url.ts';
import type { CrmObject, Subject } from '#lib/core/subject.ts';
import { launchPath, longSalesforceId, vouchedByKey } from '#lib/vouch.ts';
import { processFlow } from './open-process.ts';

const Id = z.string().regex(/^[a-zA-Z0-9]{15}(?:[a-zA-Z0-9]{3})?$/, 'must be a Salesforce id');

/** What the component's server says of who looks at which record. */
export const SalesforceLaunch = z.object({
  organizationId: Id,
  user: z.object({ id: Id, name: z.string().max(300).nullish(), email: z.string().max(320).nullish() }),
  record: z.object({ type: z.string().max(100), id: Id }),
});
export type SalesforceLaunch = z.infer<typeof SalesforceLaunch>;

/**
 * The path that opens the card for a user whom Salesforce's server vouches for by its key. Throws
 * AppError('unauthenticated') for a key that is not in force or of another account.
 */
export async function launchFromSalesforce(authorization: string | null, body: unknown): Promise<string> {
  const key = /^Bearer +(\S+)$/i.exec(authorization ?? '')?.[1] ?? '';
  const { organizationId, user, record } = SalesforceLaunch.parse(body);
  const vouched = await vouchedByKey(processFlow(), key, {
    accountId: longSalesforceId(organizationId),
    userId: longSalesforceId(user.id),
    name: user.name ?? null,
    email: user.email ?? null,
  });
  const place = cardPath(salesforceSubject(record));
  return launchPath(processFlow(), vouched, { source: 'salesforce card', place });
}

const objects: Readonly<Record<string, CrmObject>> = {
  Lead: 'leads',
  Contact: 'contacts',
  Account: 'companies',
  Opportunity: 'deals',
};

/** The record by our words. Throws AppError('bad_input') for one that the card is not about. */
export function salesforceSubject({ type, id }: { type: string; id: string }): Subject {
  const object = Object.hasOwn(objects, type) ? objects[type] : undefined;
  if (object === undefined)
    throw new AppError(
      'bad_input',
      `Sidecard has no card for ${type}: put it on pages of leads, contacts, accounts and opportunities.`,
    );
  return { crm: 'salesforce', object, id: longSalesforceId(id) };
}
