import type { TaskChange } from '#lib/core/proposal.ts';
import type { Lesson, Taught } from './lesson.ts';
import { greetingWord, readLetter, sentencesOf, type Letter } from '#lib/core/letter.ts';

/** What somebody changed in a suggestion before they approved it. */
export function lessonsOfEdit({ before, name, zone }: Taught, after: TaskChange): Lesson[] {
  const time = timeLesson(before.dueAt, after.dueAt, zone, name);
  if (!before.draft || !after.draft) return time ? [time] : [];
  const [was, is] = [readLetter(before.draft.body), readLetter(after.draft.body)];
  return [
    signatureLesson(was, is),
    greetingLesson(was, is),
    time,
    leaveOutLesson(was, is),
    lengthLesson(was, is),
  ].filter(lesson => lesson !== null);
}

const mine = (kind: 'tone' | 'signature' | 'do-not', text: string, confidence: number): Lesson => ({
  scope: 'private',
  kind,
  text,
  about: 'all',
  confidence,
});

/** The sign-off was replaced: it is how this person signs. */
function signatureLesson(was: Letter, is: Letter): Lesson | null {
  if (is.signOff === null || is.signOff === was.signOff || is.signOff.length > 300) return null;
  return mine('signature', is.signOff, 0.7);
}

/** "Hi Maria," became "Dear Maria,": how this person greets. */
function greetingLesson(was: Letter, is: Letter): Lesson | null {
  const word = is.greeting === null ? null : greetingWord(is.greeting);
  if (word === null || word.toLowerCase() === greetingWord(was.greeting ?? '')?.toLowerCase()) return null;
  return mine('tone', `Greet with “${word}”`, 0.6);
}

/** One plain sentence fewer, and nothing else changed in the text: this person does not write that. */
function leaveOutLesson(was: Letter, is: Letter): Lesson | null {
  const kept = new Set(sentencesOf(is.body));
  const gone = sentencesOf(was.body).filter(sentence => !kept.has(sentence));
  const added = [...kept].filter(sentence => !sentencesOf(was.body).includes(sentence));
  const [only] = gone;
  // What names this record, its dates or its words is about this one time.
  if (gone.length !== 1 || added.length > 0 || !only || /[“”"\d]/.test(only) || only.length > 240)
    return null;
  return mine('do-not', `Leave out “${only}”`, 0.5);
}

/** At least four sentences became fewer than half as many words. */
function lengthLesson(was: Letter, is: Letter): Lesson | null {
  const words = (text: string) => text.split(/\s+/).filter(Boolean).length;
  const shorter = sentencesOf(was.body).length >= 4 && words(is.body) < words(was.body) / 2;
  return shorter ? mine('tone', 'Keep it short', 0.5) : null;
}

/** The time moved from one half of the day to the other. */
function timeLesson(was: string, is: string, zone: string, name: string | null): Lesson | null {
  const half = (at: string) => (hourIn(at, zone) < 12 ? 'morning' : 'afternoon');
  if (half(was) === half(is)) return null;
  return {
    scope: 'account',
    kind: 'preference',
    text: `${name ?? 'This person'} is best reached in the ${half(is)}`,
    about: 'record',
    confidence: 0.5,
  };
}

const hourIn = (at: string, zone: string): number =>
  Number(
    new Intl.DateTimeFormat('en-GB', { timeZone: zone, hour: 'numeric', hourCycle: 'h23' }).format(
      new Date(at),
    ),
  );
