'use client';
import { useState } from 'react';
import type { MemoryScope } from '#lib/core/memory.ts';
import { Button } from '#components/ui/button.tsx';
import { TextField } from '#components/ui/field.tsx';
import { Select } from '#components/ui/select.tsx';

export interface MemoryQuery {
  words: string;
  scope: MemoryScope | null;
}

const scopes = [
  { value: 'all', label: 'All' },
  { value: 'account', label: 'About records' },
  { value: 'team', label: 'The team' },
  { value: 'private', label: 'Private' },
] as const;

/** Finds memories by words of the text or its author, and by whose they are. */
export function MemorySearch({
  words,
  scope,
  onSearch,
}: MemoryQuery & { onSearch: (query: MemoryQuery) => void }) {
  const [typed, setTyped] = useState(words);
  return (
    <search aria-label="Search memories">
      <form
        className="flex flex-wrap items-end gap-2"
        onSubmit={event => {
          event.preventDefault();
          onSearch({ words: typed.trim(), scope });
        }}
      >
        <div className="min-w-40 flex-1">
          <TextField label="Search words or people" type="search" value={typed} onValue={setTyped} />
        </div>
        <Select
          label="Show"
          options={scopes}
          value={scope ?? 'all'}
          onValue={next => onSearch({ words: typed.trim(), scope: next === 'all' ? null : next })}
        />
        <Button type="submit">Search</Button>
      </form>
    </search>
  );
}
