import type { TaskChange } from '#lib/core/proposal.ts';
import type { NoteChange, Stamp } from '../doors.ts';
import { stampLine } from '../stamp-lines.ts';

/** Salesforce keeps this many characters of a task's comments. */
const mostText = 32_000;

/** What the rep reads, then the draft, then who stands behind it; comments in Salesforce are plain text. */
export function taskText({ body, draft }: TaskChange, stamp: Stamp): string {
  const letter =
    draft && [draft.subject && `Subject: ${draft.subject}`, draft.body].filter(Boolean).join('\n\n');
  return bounded([body, letter].filter(Boolean).join('\n\n'), stamp);
}

export const noteText = ({ body }: NoteChange, stamp: Stamp): string => bounded(body, stamp);

const bounded = (text: string, stamp: Stamp): string => {
  const line = `\n\n${stampLine(stamp)}`;
  return text.slice(0, mostText - line.length) + line;
};
