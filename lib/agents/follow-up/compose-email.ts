import type { Brief, Item } from './brief.ts';
import {
  answerComplaint,
  answerDemo,
  answerMessage,
  answerObjection,
  answerPricing,
  answerQuestion,
} from './email-answers.ts';
import { rearrange, remind, reviveDeal, sumUpMeeting, welcomeBack } from './email-follow-ups.ts';
import type { Parts, Writer } from './email-parts.ts';
import type { FollowUpForm } from './prompt.ts';
import { contexts, pick } from './sentences.ts';
import type { SituationKind } from './situation.ts';

const introduce = (brief: Brief): Parts => {
  const [first, second] = brief.offer;
  return {
    subject: brief.company ? `A question about ${brief.company}` : 'A short question',
    opening: [],
    middle: pick(
      brief,
      'I would like to understand what you are looking for before I send you anything, so that you get an answer to your own question and not a brochure.',
      'Before I suggest anything, I would like to know what made you look at this now and what a good result would be for you.',
    ),
    ask: `Would a short call on ${first} or ${second} suit you, or would you rather tell me in a line or two what matters most to you?`,
  };
};

const writers = {
  complaint: answerComplaint,
  'pricing-asked': answerPricing,
  'demo-asked': answerDemo,
  'question-asked': answerQuestion,
  objection: answerObjection,
  unanswered: answerMessage,
  'back-from-leave': welcomeBack,
  'missed-meeting': rearrange,
  'after-meeting': sumUpMeeting,
  'stalled-deal': reviveDeal,
  silent: remind,
  'new-lead': introduce,
} satisfies Record<SituationKind, Writer>;

/** A short e-mail that refers to something particular, answers the situation and asks one thing. */
export function composeEmail(brief: Brief, items: Item[]): FollowUpForm {
  const focus = items.find(item => item.id === brief.focus);
  const parts = focus ? writers[brief.situation](brief, focus) : introduce(brief);
  const opening = [...parts.opening, ...contexts(brief, items).slice(0, focus ? 1 : 2)];
  const body = [
    brief.recipient ? `Hi ${brief.recipient},` : 'Hello,',
    opening.map(s => s.text).join(' '),
    parts.middle,
    parts.ask,
    brief.sender ? `Best regards,\n${brief.sender}` : 'Best regards',
  ];
  return {
    subject: parts.subject.slice(0, 150),
    body: body.filter(Boolean).join('\n\n'),
    claims: opening.filter(s => s.evidence.length > 0),
    whyNow: '',
  };
}
