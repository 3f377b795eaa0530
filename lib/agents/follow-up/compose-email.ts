import type { Brief, Item } from './brief.ts';
import type { FollowUpForm } from './prompt.ts';
import { topicsOf } from './quote.ts';
import { context, pick, said, theirWords, titleOf, type Said } from './sentences.ts';

type Parts = { subject: string; opening: Said[]; middle: string; ask: string };

const quoted = (brief: Brief, focus: Item, words: string): Said[] => {
  const late = (brief.daysSince ?? 0) >= 3 ? ' I am sorry that you had to wait for an answer.' : '';
  const lead = words.includes('?')
    ? pick(brief, 'You asked', 'Your question was', 'You wanted to know')
    : pick(brief, 'You wrote', 'What you wrote was');
  return [
    said(`Thank you for your message of ${focus.date}.`, focus.id),
    said(`${lead}: “${words}”`, focus.id),
    ...(late ? [said(late.trim())] : []),
  ];
};

function opening(brief: Brief, focus: Item, fallback: string): Said[] {
  const words = theirWords(focus);
  if (words) return quoted(brief, focus, words);
  return focus.kind === 'their call'
    ? [said(`Thank you for your call on ${focus.date}.`, focus.id)]
    : [said(`Thank you for your message of ${focus.date}${fallback}.`, focus.id)];
}

/** "I wrote on 3 March about “…”": what of ours stayed without an answer. */
function ours(focus: Item): Said {
  const title = titleOf(focus);
  if (focus.kind === 'our call') return said(`I tried to reach you by phone on ${focus.date}.`, focus.id);
  if (focus.kind === 'meeting')
    return said(`We last met on ${focus.date}${title ? `: “${title}”` : ''}.`, focus.id);
  if (focus.kind !== 'our e-mail') return said(`We were last in touch on ${focus.date}.`, focus.id);
  return said(`I wrote to you on ${focus.date}${title ? ` about “${title}”` : ''}.`, focus.id);
}

function answer(brief: Brief, focus: Item): Parts {
  const [first, second] = brief.offer;
  const topic = topicsOf(focus.text)[0];
  const subject = topic
    ? `${topic.charAt(0).toUpperCase()}${topic.slice(1)}: your message of ${focus.date}`
    : `Your message of ${focus.date}`;
  switch (brief.situation) {
    case 'pricing-asked':
      return {
        subject,
        opening: opening(brief, focus, ' about pricing'),
        middle: pick(
          brief,
          'I want to give you figures that you can use in your own planning, not a general list, so I would like to be sure of what you need first.',
          'A price only helps if it is for what you will really use, so let me make sure that I have understood your needs before I put it in writing.',
        ),
        ask: `Would a short call on ${first} or ${second} suit you? If writing is easier, tell me which points matter most to you and I will go through them one by one.`,
      };
    case 'demo-asked':
      return {
        subject,
        opening: opening(brief, focus, ''),
        middle: pick(
          brief,
          'I would be glad to show you, and to keep to the parts that matter for your own work instead of a general tour.',
          'I am happy to arrange that, and would rather prepare it around your own way of working than show you everything.',
        ),
        ask: `Would ${first} or ${second} work for you? Tell me a time that suits you and who else should join from your side, and I will send the invitation.`,
      };
    case 'objection':
      return {
        subject,
        opening: opening(brief, focus, ''),
        middle: pick(
          brief,
          'That is a fair point, and I do not want to talk past it. It would help me to understand what you have today and where it falls short for you, if it does.',
          'I understand that, and I do not want to push. It would help me to know what would have to be different for this to be worth another look.',
        ),
        ask: `May I ask you about it in a short call on ${first} or ${second}? If the time is simply wrong, tell me and I will leave it there.`,
      };
    default:
      return {
        subject,
        opening: opening(brief, focus, ''),
        middle: pick(
          brief,
          'You should have a complete answer to this rather than a quick one, so I would like to be sure that I have understood what you need it for.',
          'I want to answer this properly, with what is useful to you and nothing else, so a word on the background would help me.',
        ),
        ask: `Shall we go through it in a short call on ${first} or ${second}, or is an answer by e-mail better for you?`,
      };
  }
}

function followUp(brief: Brief, focus: Item): Parts {
  const [first, second] = brief.offer;
  const title = titleOf(focus);
  const topics = topicsOf(`${focus.name} ${focus.text}`);
  switch (brief.situation) {
    case 'after-meeting':
      return {
        subject: `Next step after our meeting on ${focus.date}`,
        opening: [
          said(`Thank you for your time on ${focus.date}.`, focus.id),
          ...(topics.length > 0
            ? [said(`We talked about ${topics.join(' and ')}.`, focus.id)]
            : title
              ? [said(`Our topic was “${title}”.`, focus.id)]
              : []),
        ],
        middle: pick(
          brief,
          'I would like to make the next step easy for you. If something was left open, or if a colleague of yours has a question, let me know and I will take it up.',
          'So that nothing gets lost, I would like to settle with you what should happen next and who needs to be part of it on your side.',
        ),
        ask: `What do you need from me to move on, and would ${first} or ${second} suit you for a short call about it?`,
      };
    case 'missed-meeting':
      return {
        subject: `A new time for our meeting of ${focus.date}`,
        opening: [
          said(`Our meeting of ${focus.date}${title ? `, “${title}”,` : ''} did not take place.`, focus.id),
        ],
        middle: pick(
          brief,
          'That happens, and nothing is lost. I have kept my notes for it and can pick things up whenever it suits you.',
          'No harm done: days fill up quickly. I would still like to hear how you see things and answer what you want to know.',
        ),
        ask: `Would ${first} or ${second} work for you instead? If someone else on your side should join, tell me and I will invite them too.`,
      };
    case 'back-from-leave':
      return {
        subject: title ? `Re: ${title}` : 'Picking up where we left off',
        opening: [said('I hope you had a good start after your time away.'), ours(focus)],
        middle:
          'Your inbox is surely full, so I will keep it short: I would like to pick this up with you when you have found your way back in, and not before.',
        ask: `Would ${first} or ${second} be a good moment for a short call, or shall I write again a little later?`,
      };
    case 'stalled-deal':
      return {
        subject: title && focus.kind === 'our e-mail' ? `Re: ${title}` : 'Where do things stand?',
        opening: [ours(focus), said('Since then it has been quiet between us.')],
        middle: pick(
          brief,
          'Plans change, and I would rather know than guess. If the timing has moved, or if something is missing from our side, I can adjust to it.',
          'I do not want to press you. If other things have come first, or if a question is still open on our side, it would help me to know.',
        ),
        ask: `Is this still something you want to take forward, and what would be the next step for you? A short call on ${first} or ${second} would be enough to sort it out.`,
      };
    default:
      return silence(brief, focus, title);
  }
}

function silence(brief: Brief, focus: Item, title: string | null): Parts {
  const [first, second] = brief.offer;
  const subject = title ? `Re: ${title}` : 'Picking up where we left off';
  const closing = brief.intent === 'close-the-loop';
  if (closing)
    return {
      subject,
      opening: [ours(focus)],
      middle:
        'I have not heard from you, which is an answer that I can live with. I do not want to fill your inbox, so this is my last message on it for now.',
      ask: 'Should I close the matter on my side, or would you like me to come back to it at a better time? One line is enough.',
    };
  return {
    subject,
    opening: [ours(focus)],
    middle: pick(
      brief,
      'Such messages sink quickly in a full inbox, so I am bringing it up once more. I would like to hear how you see it, even if the answer is that it has to wait.',
      'I know that there is a lot on your desk. If it still matters to you, I would like to make it easy to take the next step.',
      'Perhaps I was not clear about what is in it for you. I would rather hear what you are working on than send you more material.',
    ),
    ask: `Would a short call on ${first} or ${second} help, or is someone else on your side the better person to talk to?`,
  };
}

function firstContact(brief: Brief): Parts {
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
}

const answers = new Set<Brief['situation']>([
  'pricing-asked',
  'demo-asked',
  'question-asked',
  'objection',
  'unanswered',
]);

/** A short e-mail that refers to something particular, answers the situation and asks one thing. */
export function composeEmail(brief: Brief, items: Item[]): FollowUpForm {
  const focus = items.find(item => item.id === brief.focus);
  const parts = !focus
    ? firstContact(brief)
    : answers.has(brief.situation)
      ? answer(brief, focus)
      : followUp(brief, focus);
  const more = context(brief, items);
  const opening = more ? [...parts.opening, more] : parts.opening;
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
