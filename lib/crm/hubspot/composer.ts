import { AppError } from '#lib/core/errors.ts';
import type { TaskChange } from '#lib/core/proposal.ts';
import type { CrmSession } from '../session.ts';
import type { HubSpot } from './api.ts';
import { readConsent } from './consent.ts';
import { readOne } from './read-one.ts';
import type { Composer } from './task-body.ts';

/**
 * Where the draft of a task can be sent from; null for a task without one. Asks HubSpot's communication preferences
 * first, at the last moment before a rep is told to write: throws AppError('refused') when the person opted out since
 * the suggestion was made.
 */
export async function composerFor(
  hubspot: HubSpot,
  session: CrmSession,
  { subject, channel, draft }: TaskChange,
): Promise<Composer | null> {
  if (channel !== 'email' || draft === null || subject.object !== 'contacts') return null;
  const contact = await readOne(hubspot, 'contacts', { id: subject.id }, ['email', 'hs_email_optout']);
  const email = contact?.values['email'] ?? null;
  if (contact?.values['hs_email_optout'] === 'true' || (email !== null && (await isOut(hubspot, email))))
    throw new AppError(
      'refused',
      'This person has opted out of e-mail in HubSpot since this was suggested, so no e-mail task was written.',
      { subject },
    );
  return { email, recordUrl: composerUrl(session, subject.id) };
}

/** False where the account does not share its preferences: HubSpot's own property was asked already. */
async function isOut(hubspot: HubSpot, email: string): Promise<boolean> {
  try {
    return (await readConsent(hubspot, [email])).get(email)?.optedOut ?? false;
  } catch (error) {
    if (error instanceof AppError && (error.code === 'forbidden' || error.code === 'not_found')) return false;
    throw error;
  }
}

const composerUrl = ({ kind, appUrl, accountId }: CrmSession, contactId: string): string | null =>
  kind === 'connected'
    ? `${appUrl}/contacts/${encodeURIComponent(accountId)}/record/0-1/${encodeURIComponent(contactId)}?interaction=email`
    : null;
