import { longestMemory, type TaughtKind } from '#lib/core/memory.ts';
import type { Lesson, Taught } from './lesson.ts';

/** The quick choices of the card; what a person adds stands behind a colon. */
const quick = /^(wrong time|wrong channel|wrong content|already done|not worth pursuing)(?:: *|$)/i;
/** Choices that are about this one time, or that resting deals with. */
const once = /^(already done|not worth pursuing)$/i;

const forbids =
  /\b(do not|don['’]?t|never|must not|should not|shouldn['’]t|no longer|no more|stop|avoid|not to|no (e-?mails?|calls?|contact|meetings?))\b|\b(nicht|nie|kein\w*)\b/i;
const relates =
  /\b(assistant|instead|reports? to|works? (for|with)|decides?|decision[- ]maker|in charge|responsible|colleague|successor|took over|knows?)\b/i;

/** Why a suggestion was turned down: in the person's words, which they may change before they confirm it. */
export function lessonsOfReason({ before, reason, name }: Taught): Lesson[] {
  const choice = quick.exec(reason.trim());
  const words = reason
    .trim()
    .slice(choice?.[0].length ?? 0)
    .trim();
  if (choice?.[1] && once.test(choice[1])) return [];
  if (words.length >= 4) return [lesson(kindOf(words), sentence(words), 0.6)];
  if (/^wrong channel$/i.test(choice?.[1] ?? '')) {
    const [rather, than] = before.channel === 'call' ? ['e-mails', 'calls'] : ['calls', 'e-mails'];
    return [lesson('preference', `${name ?? 'This person'} prefers ${rather} to ${than}`, 0.5)];
  }
  return [];
}

const lesson = (kind: TaughtKind, text: string, confidence: number): Lesson => ({
  scope: 'account',
  kind,
  text,
  about: 'record',
  confidence,
});

const kindOf = (words: string): TaughtKind => {
  if (relates.test(words) && /\binstead\b|\bassistant\b/i.test(words)) return 'relation';
  if (forbids.test(words)) return 'do-not';
  return relates.test(words) ? 'relation' : 'preference';
};

const sentence = (words: string): string => {
  const text = words.replaceAll(/\s+/g, ' ').slice(0, longestMemory);
  return (text[0]?.toUpperCase() ?? '') + text.slice(1);
};
