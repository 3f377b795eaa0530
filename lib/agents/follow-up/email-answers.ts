import type { Item } from './brief.ts';
import { opening, type Writer } from './email-parts.ts';
import { topicsOf } from './quote.ts';
import { pick, said } from './sentences.ts';

function subjectOf(focus: Item): string {
  const topic = topicsOf(focus.text)[0];
  return topic
    ? `${topic.charAt(0).toUpperCase()}${topic.slice(1)}: your message of ${focus.date}`
    : `Your message of ${focus.date}`;
}

export const answerPricing: Writer = (brief, focus) => ({
  subject: subjectOf(focus),
  opening: opening(brief, focus, ' about pricing'),
  middle: pick(
    brief,
    'I want to give you figures that you can use in your own planning, not a general list, so I would like to be sure of what you need first.',
    'A price only helps if it is for what you will really use, so let me make sure that I have understood your needs before I put it in writing.',
  ),
  ask: `Would a short call on ${brief.offer[0]} or ${brief.offer[1]} suit you? If writing is easier, tell me which points matter most to you and I will go through them one by one.`,
});

export const answerDemo: Writer = (brief, focus) => ({
  subject: subjectOf(focus),
  opening: opening(brief, focus, ''),
  middle: pick(
    brief,
    'I would be glad to show you, and to keep to the parts that matter for your own work instead of a general tour.',
    'I am happy to arrange that, and would rather prepare it around your own way of working than show you everything.',
  ),
  ask: `Would ${brief.offer[0]} or ${brief.offer[1]} work for you? Tell me a time that suits you and who else should join from your side, and I will send the invitation.`,
});

export const answerObjection: Writer = (brief, focus) => ({
  subject: subjectOf(focus),
  opening: opening(brief, focus, ''),
  middle: pick(
    brief,
    'That is a fair point, and I do not want to talk past it. It would help me to understand what you have today and where it falls short for you, if it does.',
    'I understand that, and I do not want to push. It would help me to know what would have to be different for this to be worth another look.',
  ),
  ask: `May I ask you about it in a short call on ${brief.offer[0]} or ${brief.offer[1]}? If the time is simply wrong, tell me and I will leave it there.`,
});

export const answerQuestion: Writer = (brief, focus) => ({
  subject: subjectOf(focus),
  opening: opening(brief, focus, ''),
  middle: pick(
    brief,
    'You should have a complete answer to this rather than a quick one, so I would like to be sure that I have understood what you need it for.',
    'I want to answer this properly, with what is useful to you and nothing else, so a word on the background would help me.',
  ),
  ask: `Shall we go through it in a short call on ${brief.offer[0]} or ${brief.offer[1]}, or is an answer by e-mail better for you?`,
});

/** Only where there is no phone number: a complaint is better answered by a call. */
export const answerComplaint: Writer = (brief, focus) => ({
  subject: `Your message of ${focus.date}`,
  opening: [...opening(brief, focus, ''), said('I am sorry about this.')],
  middle:
    'I do not want to answer with an excuse. I would like to understand what happened from your side first, and then tell you plainly what we can do about it.',
  ask: `How would you like to hear from me: by phone on ${brief.offer[0]} or ${brief.offer[1]}, or in writing?`,
});

/** They wrote without asking for anything: take it up and agree on what comes next. */
export const answerMessage: Writer = (brief, focus) => ({
  subject: subjectOf(focus),
  opening: opening(brief, focus, ''),
  middle: pick(
    brief,
    'That is good to know, and I have taken it up. So that we both go on from the same point, I would like to hear what it means for the next weeks on your side.',
    'Thank you for telling me; it helps me to see where you stand. I would rather ask than guess what you need from us now.',
  ),
  ask: `What would be the most useful next step for you, and would a short call on ${brief.offer[0]} or ${brief.offer[1]} help with it?`,
});
