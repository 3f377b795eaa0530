import { DAY, HOUR, MINUTE } from '#lib/crm/sandbox/demo/calendar.ts';
import { EVENTS } from '#lib/crm/sandbox/demo/people.ts';
import { sigmoid } from '#lib/crm/sandbox/demo/random.ts';
import type { Story } from '#lib/crm/sandbox/demo/story.ts';
import { set } from '#lib/crm/sandbox/demo/track.ts';
import { reachOut } from './outreach.ts';

/** What the form, the marketing score and the trial write about a new lead, before any rep acts. */
export function arrive(story: Story, intent: number): void {
  const { person, random } = story;
  const { track, createdAt, event } = person;
  set(track, 'lifecyclestage', event === EVENTS.newsletter ? 'subscriber' : 'lead', createdAt);
  set(track, 'hs_lead_status', 'NEW', createdAt);
  if (event) {
    set(track, 'recent_conversion_event_name', event, createdAt);
    set(track, 'recent_conversion_date', new Date(createdAt).toISOString(), createdAt);
  }
  set(track, 'hubspot_owner_id', person.rep.id, createdAt + random.int(3, 50) * MINUTE);
  story.t = createdAt + 2 * HOUR;
  if (event === EVENTS.demo || event === EVENTS.trial || event === EVENTS.referral)
    set(track, 'lifecyclestage', 'marketingqualifiedlead', createdAt + 90 * MINUTE);
  if (event === EVENTS.trial || random.chance(0.1 * sigmoid(intent))) useTrial(story, intent);
}

/** The product writes the count of active days each night of a 14-day trial. */
function useTrial({ person, random }: Story, intent: number): void {
  const start = person.createdAt + (person.event === EVENTS.trial ? 0 : random.int(4, 25) * DAY);
  let days = 0;
  for (let day = 1; day <= 14; day++)
    if (day === 1 || random.chance(sigmoid(0.9 * intent - 1.1 - day * 0.05)))
      set(person.track, 'trial_active_days', String(++days), start + day * DAY);
}

/** The year of one lead, from its form to an outcome or to now. Answers when it became an opportunity, if it did. */
export function tellLead(story: Story, intent: number): boolean {
  arrive(story, intent);
  if (story.random.chance(0.03)) {
    story.person.track.delete('hubspot_owner_id');
    return false;
  }
  return reachOut(story, intent);
}
