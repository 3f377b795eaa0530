import { AppError } from '#lib/core/errors.ts';
import type { CrmSession } from './session.ts';
import { followSalesforceChanges, type FeedOptions } from './salesforce/change-feed.ts';

export type { FeedOptions, FeedPart } from './salesforce/change-feed.ts';
export { longId as longSalesforceId } from './salesforce/subject-of.ts';
export { subjectsOf as salesforceSubjects } from './salesforce/subjects-of.ts';

/** Follows what changes in a CRM that tells it as it happens, until the signal ends it. Errors as the vendor's feed says. */
export function followChanges(session: CrmSession, options: FeedOptions): Promise<void> {
  if (session.crm === 'salesforce') return followSalesforceChanges(session, options);
  throw new AppError('not_found', `Changes in ${session.crm} come as webhooks: there is no feed to follow.`);
}
