import { ours, type Writer } from './email-parts.ts';
import { pick, said, talkedAbout, titleOf } from './sentences.ts';

export const sumUpMeeting: Writer = (brief, focus) => {
  const title = titleOf(focus);
  const topics = talkedAbout(focus);
  return {
    subject: `Next step after our ${focus.kind === 'meeting' ? 'meeting' : 'call'} on ${focus.date}`,
    opening: [
      said(`Thank you for your time on ${focus.date}.`, focus.id),
      ...(topics.length > 0
        ? [said(`We talked about ${topics.join(' and ')}.`, focus.id)]
        : title && focus.kind === 'meeting'
          ? [said(`Our topic was “${title}”.`, focus.id)]
          : []),
    ],
    middle: pick(
      brief,
      'I would like to make the next step easy for you. If something was left open, or if a colleague of yours has a question, let me know and I will take it up.',
      'So that nothing gets lost, I would like to settle with you what should happen next and who needs to be part of it on your side.',
    ),
    ask: `What do you need from me to move on, and would ${brief.offer[0]} or ${brief.offer[1]} suit you for a short call about it?`,
  };
};

export const rearrange: Writer = (brief, focus) => {
  const title = titleOf(focus);
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
    ask: `Would ${brief.offer[0]} or ${brief.offer[1]} work for you instead? If someone else on your side should join, tell me and I will invite them too.`,
  };
};

export const welcomeBack: Writer = (brief, focus) => {
  const title = titleOf(focus);
  return {
    subject: title ? `Re: ${title}` : 'Picking up where we left off',
    opening: [said('I hope you had a good start after your time away.'), ours(focus)],
    middle:
      'Your inbox is surely full, so I will keep it short: I would like to pick this up with you when you have found your way back in, and not before.',
    ask: `Would ${brief.offer[0]} or ${brief.offer[1]} be a good moment for a short call, or shall I write again a little later?`,
  };
};

export const reviveDeal: Writer = (brief, focus) => {
  const title = titleOf(focus);
  return {
    subject: title && focus.kind === 'our e-mail' ? `Re: ${title}` : 'Where do things stand?',
    opening: [ours(focus), said('Since then it has been quiet between us.')],
    middle: pick(
      brief,
      'Plans change, and I would rather know than guess. If the timing has moved, or if something is missing from our side, I can adjust to it.',
      'I do not want to press you. If other things have come first, or if a question is still open on our side, it would help me to know.',
    ),
    ask: `Is this still something you want to take forward, and would a short call on ${brief.offer[0]} or ${brief.offer[1]} be enough to sort out the next step?`,
  };
};

export const remind: Writer = (brief, focus) => {
  const title = titleOf(focus);
  const subject = title ? `Re: ${title}` : 'Picking up where we left off';
  if (brief.intent === 'reopen')
    return {
      subject,
      opening: [ours(focus)],
      middle:
        'That is a while ago, and things may look different on your side by now. I would like to hear where you stand before I say anything about us.',
      ask: `Is it still a topic for you, and would a short call on ${brief.offer[0]} or ${brief.offer[1]} suit you?`,
    };
  if (brief.intent === 'close-the-loop')
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
    ask: `Would a short call on ${brief.offer[0]} or ${brief.offer[1]} help, or is someone else on your side the better person to talk to?`,
  };
};
