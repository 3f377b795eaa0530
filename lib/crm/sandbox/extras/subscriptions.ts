import {
  findDocument,
  listDocuments,
  removeDocuments,
  saveDocument,
} from '#lib/crm/sandbox/store/documents.ts';
import type { Store } from '#lib/crm/sandbox/store/open-store.ts';

export type SubscriptionState = 'SUBSCRIBED' | 'UNSUBSCRIBED' | 'NOT_SPECIFIED';

/** A kind of e-mail that people may take or leave. */
export type Subscription = {
  id: string;
  name: string;
  description: string;
  purpose: string;
  isDefault: boolean;
  createdAt: string;
};

/** What one person said of one kind of e-mail; subscription "0" stands for all e-mail. */
export type Choice = {
  state: SubscriptionState;
  at: string;
  source: string;
  legalBasis?: string;
  why?: string;
};

type Choices = Record<string, Choice>;

/** Stands for every kind of e-mail. */
export const ALL = '0';

export function listSubscriptions(store: Store): Subscription[] {
  return listDocuments<Subscription>(store, 'subscription');
}

const keyOf = (email: string): string => email.trim().toLowerCase();

export function choicesOf(store: Store, email: string): Choices {
  return findDocument<Choices>(store, 'subscription-status', keyOf(email)) ?? {};
}

/** Keeps what a person chose. Whoever subscribes to something again no longer refuses everything. */
export function choose(store: Store, email: string, subscriptionId: string, choice: Choice): void {
  const before = choicesOf(store, email);
  const { [ALL]: all, ...others } = before;
  const refusesAll = subscriptionId === ALL || choice.state !== 'SUBSCRIBED';
  const kept = all && refusesAll ? { ...others, [ALL]: all } : others;
  saveDocument(store, 'subscription-status', keyOf(email), { ...kept, [subscriptionId]: choice });
}

/** Forgets what a person chose. */
export function removeStatuses(store: Store, email: string): void {
  removeDocuments(store, 'subscription-status', keyOf(email));
}
