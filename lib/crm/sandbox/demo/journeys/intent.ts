import { EVENTS } from '#lib/crm/sandbox/demo/people.ts';
import type { Person } from '#lib/crm/sandbox/demo/person.ts';
import type { Random } from '#lib/crm/sandbox/demo/random.ts';

const BY_SOURCE: Record<string, number> = {
  REFERRALS: 0.5,
  ORGANIC_SEARCH: 0.2,
  DIRECT_TRAFFIC: 0.1,
  PAID_SEARCH: 0,
  EMAIL_MARKETING: -0.1,
  OFFLINE: -0.3,
  PAID_SOCIAL: -0.5,
};
const BY_EVENT: Record<string, number> = {
  [EVENTS.demo]: 0.8,
  [EVENTS.trial]: 0.6,
  [EVENTS.referral]: 0.6,
  [EVENTS.calculator]: 0.2,
  [EVENTS.webinar]: -0.1,
  [EVENTS.fair]: -0.2,
  [EVENTS.guide]: -0.3,
  [EVENTS.list]: -0.5,
  [EVENTS.newsletter]: -0.8,
};

/**
 * How much this person would buy, about -3 to 3. Trade, size, source, form and role show in the CRM; the last part,
 * real need, shows only in how they act.
 */
export function drawIntent(person: Person, random: Random): number {
  const seen =
    0.75 * person.company.fit +
    (BY_SOURCE[person.source] ?? 0) +
    (BY_EVENT[person.event] ?? 0) +
    0.3 * person.rank;
  return seen + 0.25 + random.normal() * 0.8;
}
