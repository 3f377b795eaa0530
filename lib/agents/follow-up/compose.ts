import type { Brief, Item } from './brief.ts';
import { composeCall } from './compose-call.ts';
import { composeEmail } from './compose-email.ts';
import type { FollowUpForm } from './prompt.ts';

/** Words a follow-up by rule, from the plan and the evidence alone: the same two things that a model is given. */
export const compose = (brief: Brief, items: Item[]): FollowUpForm =>
  brief.channel === 'call' ? composeCall(brief, items) : composeEmail(brief, items);
