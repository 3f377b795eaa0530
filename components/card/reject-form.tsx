'use client';
import { useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import { Choice } from '#components/ui/choice.tsx';
import { TextArea } from '#components/ui/field.tsx';

const reasons = [
  'Wrong time',
  'Wrong channel',
  'Wrong content',
  'Already done',
  'Not worth pursuing',
] as const;
type QuickReason = (typeof reasons)[number];

/** A rejection with its reason, which the product learns from: a quick choice, words, or both. */
export function RejectForm({
  busy,
  onReject,
  onCancel,
}: {
  busy: boolean;
  onReject: (reason: string) => void;
  onCancel: () => void;
}) {
  const [quick, setQuick] = useState<QuickReason | null>(null);
  const [words, setWords] = useState('');
  const reason = [quick, words.trim()].filter(Boolean).join(': ');
  return (
    <form
      aria-label="Reject the suggestion"
      className="space-y-3"
      onSubmit={event => {
        event.preventDefault();
        if (reason !== '' && !busy) onReject(reason);
      }}
    >
      <Choice
        legend="Why not?"
        name="reject-reason"
        options={reasons.map(value => ({ value, label: value }))}
        value={quick}
        onValue={setQuick}
      />
      <TextArea
        label="In your words"
        value={words}
        onValue={setWords}
        maxLength={1900}
        hint="A choice or a few words are needed."
      />
      <div className="flex flex-wrap gap-2">
        <Button type="submit" look="danger" busy={busy} off={reason === ''}>
          Reject
        </Button>
        <Button onClick={onCancel}>Cancel</Button>
      </div>
    </form>
  );
}
