import type { Brief, Item } from './brief.ts';
import { composeCall } from './compose-call.ts';
import { composeEmail } from './compose-email.ts';
import type { FollowUpForm } from './prompt.ts';

/** Words a follow-up by rule, from the plan and the evidence alone: the same two things that a model is given. */
export const compose = (brief: Brief, items: Item[]): FollowUpForm =>
  (brief.channel === 'call' ? composeCall : composeEmail)(
    brief,
    // How somebody wants it worded is seen to afterwards, whoever wrote.
    items.filter(item => item.kind !== 'taught'),
  );
