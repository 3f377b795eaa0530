import { AppError } from '#lib/core/errors.ts';
import type { CrmRecord } from '#lib/core/record.ts';
import type { Consent } from '../doors.ts';
import type { HubSpot } from './api.ts';
import { readConsent } from './consent.ts';
import { valueOf } from './normalise.ts';
import type { WireRecord } from './wire.ts';

type Fields = CrmRecord['fields'];

/**
 * What contacts want of e-mails, by contact id, in the house's words: `email_opt_out` ('true', 'false') and
 * `email_subscriptions` (JSON). Where nothing was said, or nobody could be asked, they are left out, since what is known
 * from before still holds. `ask` false, as for the first reading of a whole account: HubSpot's own
 * hint has to do, which knows an opt-out of everything but not of one kind, so that nobody counts as willing by it.
 */
export async function consentFields(
  hubspot: HubSpot,
  contacts: readonly WireRecord[],
  ask: boolean,
): Promise<Map<string, Fields>> {
  const emails = contacts.flatMap(contact => emailOf(contact) ?? []);
  const consents =
    ask && emails.length > 0 && !unshared.has(hubspot) ? await readWhereShared(hubspot, emails) : null;
  return new Map(
    contacts.map(contact => [contact.id, fieldsOf(contact, consents?.get(emailOf(contact) ?? ''))]),
  );
}

/** Null where the account does not share its preferences: an opt-out is then only known by the hint. */
async function readWhereShared(
  hubspot: HubSpot,
  emails: readonly string[],
): Promise<Map<string, Consent> | null> {
  try {
    return await readConsent(hubspot, emails);
  } catch (error) {
    if (!(error instanceof AppError) || !notShared.has(error.code)) throw error;
    unshared.add(hubspot);
    return null;
  }
}

const notShared: ReadonlySet<string> = new Set(['forbidden', 'not_found']);

/** Whom the account told so once is not asked again with every batch. */
const unshared = new WeakSet<HubSpot>();

const emailOf = ({ properties }: WireRecord): string | null => valueOf(properties['email']);

/**
 * HubSpot's hint is a field of its own; either may say that somebody is out, and then they are. Where nothing was said,
 * nothing is: an opt-out ends when the person wants e-mails again, not when the account forgets.
 */
function fieldsOf({ properties }: WireRecord, consent: Consent | undefined): Fields {
  if (consent === undefined) return {};
  const out = properties['hs_email_optout'] === 'true' || consent.optedOut;
  return {
    ...(out === null ? {} : { email_opt_out: String(out) }),
    ...(consent.subscriptions.length > 0
      ? { email_subscriptions: JSON.stringify(consent.subscriptions) }
      : {}),
  };
}
