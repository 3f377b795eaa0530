import type { Interaction } from './fact.ts';

/**
 * What people do with marketing, and whether it says something by itself. `look`: somebody only looked, so that many make
 * one piece of news. `act`: they did something on purpose.
 */
const marketingTypes: Readonly<Record<string, 'look' | 'act'>> = {
  page_viewed: 'look',
  ad_viewed: 'look',
  ad_clicked: 'look',
  video_viewed: 'look',
  email_sent: 'look',
  email_delivered: 'look',
  email_opened: 'look',
  email_clicked: 'act',
  email_bounced: 'act',
  email_unsubscribed: 'act',
  form_viewed: 'look',
  form_submitted: 'act',
  file_downloaded: 'act',
  content_downloaded: 'act',
  campaign_responded: 'act',
  webinar_registered: 'act',
  webinar_attended: 'act',
  event_registered: 'act',
  event_attended: 'act',
  chat_started: 'act',
  demo_requested: 'act',
  meeting_requested: 'act',
  newsletter_subscribed: 'act',
};

const kindOf = (type: string): 'look' | 'act' | undefined => {
  const name = type.toLowerCase();
  return Object.hasOwn(marketingTypes, name) ? marketingTypes[name] : undefined;
};

/** Where an event comes from, when its sender does not say: marketing by the types above, else the product. */
export const sourceOf = (type: string): Interaction['source'] =>
  kindOf(type) === undefined ? 'product' : 'marketing';

/** Whether somebody only looked: worth a new decision together with what else they do, not by itself. */
export const isLook = ({ source, type }: Pick<Interaction, 'source' | 'type'>): boolean =>
  source === 'marketing' && kindOf(type) === 'look';
