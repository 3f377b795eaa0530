'use client';
import { useState } from 'react';
import { longestMemory } from '#lib/core/memory.ts';
import type { MemoryLine } from '#lib/views/memory-types.ts';
import { Button } from '#components/ui/button.tsx';
import { TextArea } from '#components/ui/field.tsx';
import { dayOf, endOfDay, ExpiryField } from './expiry-field.tsx';
import type { OnTeach } from './teach-event.ts';

/** Other words for a memory, or another end. */
export function MemoryEditForm({
  line,
  busy,
  onTeach,
  onCancel,
}: {
  line: MemoryLine;
  busy: boolean;
  onTeach: OnTeach;
  onCancel: () => void;
}) {
  const [text, setText] = useState(line.text);
  const [until, setUntil] = useState(dayOf(line.expiresAt));
  const fits = text.trim() !== '' && text.trim().length <= longestMemory;
  const expiresAt = until === dayOf(line.expiresAt) ? line.expiresAt : endOfDay(until);
  return (
    <form
      aria-label="Edit the memory"
      className="space-y-2"
      onSubmit={event => {
        event.preventDefault();
        if (fits && !busy)
          onTeach({ does: 'edit', id: line.id, version: line.version, text: text.trim(), expiresAt });
      }}
    >
      <TextArea label="What to remember" value={text} onValue={setText} max={longestMemory} />
      <ExpiryField value={until} onValue={setUntil} />
      <div className="flex flex-wrap gap-2">
        <Button type="submit" look="primary" busy={busy} off={!fits}>
          Save
        </Button>
        <Button onClick={onCancel}>Cancel</Button>
      </div>
    </form>
  );
}
