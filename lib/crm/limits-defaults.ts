import { newBucket, type Limit } from './limits-bucket.ts';
import type { Traffic } from './traffic-state.ts';

export interface Talker {
  crm: string;
  /** A demo's CRM has no limit until its answers name one. */
  kind: 'demo' | 'connected';
  /** How we prove who we are: HubSpot counts apps with consent otherwise than private ones. */
  by: 'token' | 'oauth' | 'jwt';
}

/** HubSpot's search takes five a second; one less leaves room for people who search there. */
const hubSpotSearch: Limit = { max: 4, intervalMs: 1000 };
const hubSpotCalls = { token: 190, oauth: 110, jwt: 110 } as const;
/** Salesforce limits what runs at once and what a day takes; this only keeps a burst from filling its queue. */
const salesforceCalls: Limit = { max: 1000, intervalMs: 10_000 };

/** Vendors' published limits, in force until an answer names others. */
export function defaultLimits({ crm, kind, by }: Talker, now: number): Pick<Traffic, 'calls' | 'search'> {
  if (kind === 'demo') return { calls: null, search: null };
  if (crm === 'salesforce') return { calls: newBucket(salesforceCalls, now), search: null };
  return {
    calls: newBucket({ max: hubSpotCalls[by], intervalMs: 10_000 }, now),
    search: newBucket(hubSpotSearch, now),
  };
}

/** The search limit that comes with a limit on calls, where the CRM has one. */
export const searchLimitOf = (crm: string): Limit | null => (crm === 'hubspot' ? hubSpotSearch : null);
