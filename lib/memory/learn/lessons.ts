import { lessonsOfEdit } from './from-edit.ts';
import { lessonsOfReason } from './from-reason.ts';
import type { Lesson, Taught } from './lesson.ts';

/** At most this many: a person is asked about each. */
const MOST = 3;

/** What an answer teaches, by rules that can be read; none where it was about this one time. */
export const lessonsOf = (taught: Taught): Lesson[] =>
  (taught.after ? lessonsOfEdit(taught, taught.after) : lessonsOfReason(taught)).slice(0, MOST);
