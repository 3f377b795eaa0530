'use client';
import { useState } from 'react';
import type { TaskChange } from '#lib/core/proposal.ts';
import { TextArea, TextField } from '#components/ui/field.tsx';
import { fromWallClock, toWallClock } from '#components/ui/time-format.ts';
import { limits } from './edit-changes.ts';
import type { EditProblem } from './edit-changes.ts';

/** The parts of a task that a person may edit; its time is set on the clock of `zone`. */
export function TaskFields({
  change,
  zone,
  problems,
  onChange,
}: {
  change: TaskChange;
  zone: string;
  problems: readonly EditProblem[];
  onChange: (change: TaskChange) => void;
}) {
  // A half-typed time is no instant yet, so what is typed has a state of its own.
  const [due, setDue] = useState(() => toWallClock(change.dueAt, zone));
  const problemOf = (part: EditProblem['part']) => problems.find(p => p.part === part)?.text ?? null;
  const { draft } = change;
  return (
    <>
      <TextField
        label="Title of the task"
        value={change.title}
        max={limits.title}
        problem={problemOf('title')}
        onValue={title => onChange({ ...change, title })}
      />
      <TextField
        type="datetime-local"
        label="When"
        hint={`On the clock in ${zone}`}
        value={due}
        problem={problemOf('dueAt')}
        onValue={value => {
          setDue(value);
          onChange({ ...change, dueAt: fromWallClock(value, zone) ?? '' });
        }}
      />
      {draft && (
        <>
          <TextField
            label="Subject"
            value={draft.subject}
            max={limits.subject}
            problem={problemOf('subject')}
            onValue={subject => onChange({ ...change, draft: { ...draft, subject } })}
          />
          <TextArea
            label="Message"
            value={draft.body}
            max={limits.message}
            problem={problemOf('message')}
            onValue={body => onChange({ ...change, draft: { ...draft, body } })}
          />
        </>
      )}
      <TextArea
        label="Text in the task, above the draft"
        value={change.body}
        max={limits.body}
        problem={problemOf('body')}
        onValue={body => onChange({ ...change, body })}
      />
    </>
  );
}
