'use client';
import { useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import { TextArea, TextField } from '#components/ui/field.tsx';

const mostCharacters = 1000;

/** Why, and until when where that is asked for. An end is the end of that day, UTC. */
export function ReasonForm({
  doing,
  says,
  withEnd = false,
  busy,
  onCancel,
  onDone,
}: {
  doing: string;
  says: string;
  withEnd?: boolean;
  busy: boolean;
  onCancel: () => void;
  onDone: (reason: string, endsAt: string) => void;
}) {
  const [reason, setReason] = useState('');
  const [day, setDay] = useState('');
  const length = reason.trim().length;
  const ready = length > 0 && length <= mostCharacters && (!withEnd || day !== '');
  return (
    <form
      className="mt-3 max-w-md space-y-2"
      onSubmit={event => {
        event.preventDefault();
        if (ready) onDone(reason.trim(), withEnd ? `${day}T23:59:59.999Z` : '');
      }}
    >
      <p className="text-sm">{says}</p>
      <TextArea label="Reason" value={reason} onValue={setReason} max={mostCharacters} />
      {withEnd && <TextField label="Until the end of (UTC)" type="date" value={day} onValue={setDay} />}
      <div className="flex gap-2">
        <Button type="submit" look="primary" busy={busy} off={!ready}>
          {doing}
        </Button>
        <Button look="quiet" onClick={onCancel}>
          Cancel
        </Button>
      </div>
    </form>
  );
}
