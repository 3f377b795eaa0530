import type { Brief, Item } from './brief.ts';
import type { FollowUpForm } from './prompt.ts';
import { quoteOf, topicsOf } from './quote.ts';
import { labelOf, said, theirWords, titleOf, type Said } from './sentences.ts';

const goals: Partial<Record<Brief['situation'], string>> = {
  complaint: 'Listen, understand what went wrong, and agree on what happens next and by when.',
  'pricing-asked': 'Understand what the price has to cover, and agree how to put it in writing.',
  'demo-asked': 'Agree on a time to show the product, and on who joins.',
  'question-asked': 'Answer the question and find out what is behind it.',
  objection: 'Understand the concern before answering it.',
  'after-meeting': 'Agree on the next step.',
  'missed-meeting': 'Find a new time.',
  'stalled-deal': 'Find out whether this is still wanted, and what stands in the way.',
  'new-lead': 'Find out what they are looking for, and whether we can help.',
};

const asks: Partial<Record<Brief['situation'], string>> = {
  complaint: 'What happened, and what would put it right for you?',
  'stalled-deal': 'What has changed since we last spoke, and what is the next step for you?',
  'new-lead': 'What made you look at this now, and what would a good result be?',
};

/** One line of what is known, for the rep: their own words, else what it was about. */
function known(item: Item): Said | null {
  const words = theirWords(item);
  if (words) return said(`${item.date}, they wrote: “${words}”`, item.id);
  if (item.kind === 'field') return said(`${labelOf(item.name)}: ${item.text.slice(0, 120)}`, item.id);
  const topics = topicsOf(`${item.name} ${item.text}`);
  const title = titleOf(item);
  const about = title ? `“${title}”` : topics.length > 0 ? topics.join(' and ') : quoteOf(item.text);
  return about ? said(`${item.date}, ${item.kind}: ${about}`, item.id) : null;
}

/** Talking points for a call. */
export function composeCall(brief: Brief, items: Item[]): FollowUpForm {
  const facts = items
    .map(known)
    .filter(fact => fact !== null)
    .slice(0, 3);
  const topic = items.flatMap(item => topicsOf(`${item.name} ${item.text}`))[0];
  const open =
    brief.situation === 'complaint'
      ? 'Thank them for saying it plainly; do not explain yet.'
      : `Say why you call${topic ? `: ${topic}` : ''}, and ask whether it is a good moment.`;
  const ask =
    asks[brief.situation] ?? `Is ${topic ?? 'this'} still on your list, and who else should be part of it?`;
  const lines = [
    `Goal: ${goals[brief.situation] ?? 'Have the conversation that e-mail did not bring about.'}`,
    ...(facts.length > 0 ? ['Known:', ...facts.map(fact => `- ${fact.text}`)] : []),
    `Open: ${open}`,
    `Ask: ${ask}`,
    `If nobody answers, leave one sentence. Which suits a second try better, ${brief.offer[0]} or ${brief.offer[1]}?`,
  ];
  return { subject: '', body: lines.join('\n'), claims: facts, whyNow: '' };
}
