'use client';
import { useState } from 'react';
import type { Answer } from '#lib/core/answer.ts';
import type { Change } from '#lib/core/proposal.ts';
import type { SuggestionView } from '#lib/views/types.ts';
import { fieldWords } from '#components/record/record-words.ts';
import { Button } from '#components/ui/button.tsx';
import { TextArea, TextField } from '#components/ui/field.tsx';
import { isZone, viewerZone } from '#components/ui/time-format.ts';
import { answerWithEdit, carryEditOver, findEditProblems, limits } from './edit-changes.ts';
import type { EditProblem } from './edit-changes.ts';
import { TaskFields } from './task-fields.tsx';

function ChangeFields({
  change,
  zone,
  problems,
  onChange,
}: {
  change: Change;
  zone: string;
  problems: readonly EditProblem[];
  onChange: (change: Change) => void;
}) {
  if (change.kind === 'task')
    return <TaskFields change={change} zone={zone} problems={problems} onChange={onChange} />;
  if (change.kind === 'note')
    return (
      <TextArea
        label="Note"
        value={change.body}
        max={limits.note}
        problem={problems[0]?.text ?? null}
        onValue={body => onChange({ ...change, body })}
      />
    );
  if (change.kind === 'field')
    return (
      <TextField
        label={`New value of ${fieldWords(change.field)}`}
        hint={`Now: ${change.from ?? 'empty'}`}
        value={change.to ?? ''}
        onValue={to => onChange({ ...change, to: to === '' ? null : to })}
      />
    );
  return <p className="text-muted">Owner becomes {change.to ?? 'nobody'} (cannot be edited here).</p>;
}

/** The proposed changes, open for editing. A proposal that is replaced meanwhile keeps the person's words. */
export function EditForm({
  suggestion,
  changesHash,
  busy,
  onAnswer,
  onCancel,
}: {
  suggestion: SuggestionView;
  changesHash: string;
  busy: boolean;
  onAnswer: (answer: Answer) => void;
  onCancel: () => void;
}) {
  const [edited, setEdited] = useState<readonly Change[]>(suggestion.changes);
  const [basis, setBasis] = useState(changesHash);
  if (basis !== changesHash) {
    setBasis(changesHash);
    setEdited(carryEditOver(edited, suggestion.changes));
  }
  const problems = findEditProblems(edited);
  const { timezone } = suggestion;
  const zone = timezone && isZone(timezone.name) ? timezone.name : viewerZone();
  return (
    <form
      aria-label="Edit the suggestion"
      className="space-y-3"
      onSubmit={event => {
        event.preventDefault();
        if (!busy && problems.length === 0) onAnswer(answerWithEdit(changesHash, suggestion.changes, edited));
      }}
    >
      {edited.map(change => (
        <ChangeFields
          key={change.id}
          change={change}
          zone={zone}
          problems={problems.filter(p => p.changeId === change.id)}
          onChange={next => setEdited(edited.map(c => (c.id === next.id ? next : c)))}
        />
      ))}
      <div className="flex flex-wrap gap-2">
        <Button type="submit" look="primary" busy={busy} off={problems.length > 0}>
          Approve edited
        </Button>
        <Button onClick={onCancel}>Cancel</Button>
      </div>
    </form>
  );
}
