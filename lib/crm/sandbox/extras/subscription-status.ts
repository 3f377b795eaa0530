import { z } from 'zod';
import { findRecord } from '#lib/crm/sandbox/records/find-record.ts';
import { invalid } from '#lib/crm/sandbox/records/refusal.ts';
import { setOwnValues } from '#lib/crm/sandbox/records/update-record.ts';
import type { Store } from '#lib/crm/sandbox/store/open-store.ts';
import { ALL, choicesOf, choose, listSubscriptions, type Choice } from './subscriptions.ts';

export const statusBody = z.object({
  channel: z.literal('EMAIL'),
  statusState: z.enum(['SUBSCRIBED', 'UNSUBSCRIBED', 'NOT_SPECIFIED']),
  subscriptionId: z.number().int(),
  legalBasis: z
    .enum([
      'CONSENT_WITH_NOTICE',
      'LEGITIMATE_INTEREST_CLIENT',
      'LEGITIMATE_INTEREST_OTHER',
      'LEGITIMATE_INTEREST_PQL',
      'NON_GDPR',
      'PERFORMANCE_OF_CONTRACT',
      'PROCESS_AND_STORE',
    ])
    .optional(),
  legalBasisExplanation: z.string().optional(),
});

function renderStatus(store: Store, person: string, id: string, choice: Choice | undefined) {
  return {
    channel: 'EMAIL',
    subscriberIdString: person,
    subscriptionId: Number(id),
    subscriptionName: listSubscriptions(store).find(each => each.id === id)?.name ?? '',
    status: choice?.state ?? 'NOT_SPECIFIED',
    source: choice?.source ?? 'Subscription was not set',
    timestamp: choice?.at ?? new Date(0).toISOString(),
    ...(choice?.legalBasis && { legalBasis: choice.legalBasis }),
    ...(choice?.why && { legalBasisExplanation: choice.why }),
  };
}

/** A refusal of everything speaks for each kind of e-mail. */
export function statusesOf(store: Store, person: string) {
  const choices = choicesOf(store, person);
  return listSubscriptions(store).map(({ id }) =>
    renderStatus(store, person, id, choices[ALL] ?? choices[id]),
  );
}

/** Whether a person refuses everything; empty if they never said. */
export function wideStatuses(store: Store, person: string) {
  const all = choicesOf(store, person)[ALL];
  if (!all) return [];
  return [
    {
      channel: 'EMAIL',
      subscriberIdString: person,
      status: all.state,
      timestamp: all.at,
      wideStatusType: 'PORTAL_WIDE',
    },
  ];
}

/** The contact's own property follows its choice, as it does in HubSpot. */
function followInContact(store: Store, person: string): void {
  const contact = findRecord(store, 'contacts', { id: person, idProperty: 'email' });
  const optedOut = choicesOf(store, person)[ALL]?.state === 'UNSUBSCRIBED';
  if (contact) setOwnValues(store, contact, { hs_email_optout: optedOut ? 'true' : '' });
}

/** Keeps what a person chose of one kind of e-mail. Refuses a kind that does not exist. */
export function setStatus(store: Store, person: string, body: z.infer<typeof statusBody>) {
  const id = String(body.subscriptionId);
  if (!listSubscriptions(store).some(each => each.id === id)) {
    throw invalid(`Subscription ${id} does not exist`);
  }
  const choice: Choice = {
    state: body.statusState,
    at: new Date(store.now()).toISOString(),
    source: 'Public API',
    ...(body.legalBasis && { legalBasis: body.legalBasis }),
    ...(body.legalBasisExplanation && { why: body.legalBasisExplanation }),
  };
  choose(store, person, id, choice);
  followInContact(store, person);
  const setStatusSuccessReason = 'REQUESTED_CHANGE_OCCURRED';
  return { ...renderStatus(store, person, id, choice), setStatusSuccessReason };
}

/** The person wants no e-mail of any kind. */
export function optOut(store: Store, person: string): void {
  const at = new Date(store.now()).toISOString();
  choose(store, person, ALL, { state: 'UNSUBSCRIBED', at, source: 'Public API' });
  followInContact(store, person);
}
