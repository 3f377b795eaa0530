'use client';
import { useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import { TextField } from '#components/ui/field.tsx';

/** What cannot be taken back is typed out first. */
export function EraseForm({
  name,
  busy,
  onCancel,
  onErase,
}: {
  name: string;
  busy: boolean;
  onCancel: () => void;
  onErase: () => void;
}) {
  const [typed, setTyped] = useState('');
  const matches = typed.trim() === name.trim();
  return (
    <form
      className="mt-3 max-w-md space-y-2"
      onSubmit={event => {
        event.preventDefault();
        if (matches) onErase();
      }}
    >
      <p className="text-sm">
        Erasing removes everything that is held about {name}: records, conversations, suggestions, scores and
        what was taught. Nobody can bring it back. Receipts and the ledger keep only that it was done.
      </p>
      <TextField label={`Type “${name}” to erase`} value={typed} onValue={setTyped} autoComplete="off" />
      <div className="flex gap-2">
        <Button type="submit" look="danger" busy={busy} off={!matches}>
          Erase for good
        </Button>
        <Button look="quiet" onClick={onCancel}>
          Cancel
        </Button>
      </div>
    </form>
  );
}
