import type { Answer } from '#lib/core/answer.ts';
import type { Change, TaskChange } from '#lib/core/proposal.ts';

/** The longest text, in characters, that each part may have; the same limits as a change's own. */
export const limits = { title: 200, body: 4000, note: 8000, subject: 200, message: 8000 } as const;

export type EditProblem = { changeId: string; part: keyof typeof limits | 'dueAt'; text: string };

const tooLong = (text: string, max: number): string | null =>
  text.length > max ? `Shorten this by ${text.length - max} characters.` : null;

function taskProblems(change: TaskChange): EditProblem[] {
  const found: [EditProblem['part'], string | null][] = [
    ['title', change.title.trim() === '' ? 'A task needs a title.' : tooLong(change.title, limits.title)],
    ['dueAt', Number.isNaN(Date.parse(change.dueAt)) ? 'Choose a day and a time.' : null],
    ['body', tooLong(change.body, limits.body)],
    ['subject', change.draft && tooLong(change.draft.subject, limits.subject)],
    ['message', change.draft && tooLong(change.draft.body, limits.message)],
  ];
  return found.flatMap(([part, text]) => (text === null ? [] : [{ changeId: change.id, part, text }]));
}

/** What keeps an edit from being approved, in words. */
export const findEditProblems = (changes: readonly Change[]): EditProblem[] =>
  changes.flatMap(change => {
    if (change.kind === 'task') return taskProblems(change);
    if (change.kind !== 'note') return [];
    const text = change.body.trim() === '' ? 'A note needs a text.' : tooLong(change.body, limits.note);
    return text === null ? [] : [{ changeId: change.id, part: 'note', text }];
  });

/**
 * A person's edit on top of changes that were proposed anew meanwhile: their words stay, ids and whatever cannot be
 * edited are the new ones. Changes pair up by place and kind.
 */
export const carryEditOver = (edited: readonly Change[], current: readonly Change[]): Change[] =>
  current.map((now, i) => {
    const mine = edited[i];
    if (mine?.kind === 'task' && now.kind === 'task') {
      const { title, body, dueAt, draft } = mine;
      return { ...now, title, body, dueAt, draft: now.draft && (draft ?? now.draft) };
    }
    if (mine?.kind === 'note' && now.kind === 'note') return { ...now, body: mine.body };
    if (mine?.kind === 'field' && now.kind === 'field' && mine.field === now.field)
      return { ...now, to: mine.to };
    return now;
  });

/** Edited changes as an answer; where nothing differs from what was proposed, a plain approval. */
export const answerWithEdit = (
  changesHash: string,
  proposed: readonly Change[],
  edited: readonly Change[],
): Answer =>
  JSON.stringify(proposed) === JSON.stringify(edited)
    ? { kind: 'approve', changesHash }
    : { kind: 'edit', changesHash, changes: [...edited] };
