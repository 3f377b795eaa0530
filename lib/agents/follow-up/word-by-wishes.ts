import { greetingWord, readLetter, sentencesOf } from '#lib/core/letter.ts';
import type { FollowUpForm } from './prompt.ts';
import type { Wishes } from './wishes.ts';

/** A draft with fewer words than this says nothing any more, so it stays as it is. */
const FEWEST_WORDS = 12;

/**
 * Words as the sender wants them: greeting, sign-off, what is left out. The same for a draft by a model and by rule, so
 * that what somebody taught holds whoever wrote.
 */
export function wordByWishes(form: FollowUpForm, channel: 'email' | 'call', wishes: Wishes): FollowUpForm {
  const trimmed = leaveOut(form.body, wishes);
  const body = channel === 'email' ? letterBy(trimmed, wishes) : trimmed;
  if (body === form.body) return form;
  const claims = form.claims.filter(claim => body.includes(claim.text) || !form.body.includes(claim.text));
  return { ...form, body, claims };
}

function letterBy(body: string, { signature, greeting, short }: Wishes): string {
  const letter = readLetter(body);
  const opening = letter.greeting ?? '';
  const word = greeting && letter.greeting ? greetingWord(letter.greeting) : null;
  const parts = [
    word === null ? opening : `${greeting?.says ?? ''}${opening.slice(word.length)}`,
    short ? shorten(letter.body) : letter.body,
    signature?.text.trim() ?? letter.signOff ?? '',
  ];
  return parts.filter(Boolean).join('\n\n');
}

/** The first paragraph and the last: what it is about, and what is asked. */
function shorten(body: string): string {
  const paragraphs = body.split(/\n{2,}/);
  const kept = [paragraphs[0], ...(paragraphs.length > 2 ? [paragraphs.at(-1)] : paragraphs.slice(1))];
  return kept.filter(Boolean).join('\n\n');
}

function leaveOut(body: string, { unwanted }: Wishes): string {
  const words = unwanted.map(({ says }) => says.toLowerCase());
  const gone = sentencesOf(body).filter(sentence =>
    words.some(word => sentence.toLowerCase().includes(word) || isMost(word, sentence)),
  );
  if (gone.length === 0) return body;
  const left = gone
    .reduce((text, sentence) => text.replace(sentence, ''), body)
    .replaceAll(/[^\S\n]{2,}/g, ' ')
    .replaceAll(/^[^\S\n]+|[^\S\n]+$/gm, '')
    .replaceAll(/\n{3,}/g, '\n\n')
    .trim();
  return left.split(/\s+/).length < FEWEST_WORDS ? body : left;
}

/** An unwanted sentence may have lost its full stop on the way. */
const isMost = (word: string, sentence: string): boolean =>
  word.length > 20 && word.startsWith(sentence.toLowerCase().replace(/[.!?]+$/, ''));
