import type { Brief, Item } from './brief.ts';
import { pick, said, theirWords, titleOf, type Said } from './sentences.ts';

export type Parts = { subject: string; opening: Said[]; middle: string; ask: string };
/** Words an e-mail for one kind of situation, about the activity that it answers or follows. */
export type Writer = (brief: Brief, focus: Item) => Parts;

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

export function opening(brief: Brief, focus: Item, fallback: string): Said[] {
  const words = theirWords(focus);
  if (words) return quoted(brief, focus, words);
  return focus.kind === 'their call'
    ? [said(`Thank you for your call on ${focus.date}.`, focus.id)]
    : [said(`Thank you for your message of ${focus.date}${fallback}.`, focus.id)];
}

/** "I wrote on 3 March about “…”": how we were last in touch. */
export function ours(focus: Item): Said {
  const title = titleOf(focus);
  const words = theirWords(focus);
  if (words) return said(`On ${focus.date} you wrote: “${words}”`, focus.id);
  if (focus.kind === 'our call') return said(`I tried to reach you by phone on ${focus.date}.`, focus.id);
  if (focus.kind === 'talk') return said(`We last spoke on ${focus.date}.`, focus.id);
  if (focus.kind === 'meeting')
    return said(`We last met on ${focus.date}${title ? `: “${title}”` : ''}.`, focus.id);
  if (focus.kind !== 'our e-mail') return said(`We were last in touch on ${focus.date}.`, focus.id);
  return said(`I wrote to you on ${focus.date}${title ? ` about “${title}”` : ''}.`, focus.id);
}
