'use client';
import type { MemoryLine } from '#lib/views/memory-types.ts';
import { SuggestedMemory } from '#components/memory/suggested-memory.tsx';
import type { OnTeach } from '#components/memory/teach-event.ts';

/** What the last answers may teach, right after they were given. Nothing of it is in force yet. */
export function LearnedBlock({
  suggested,
  busy,
  onTeach,
}: {
  suggested: readonly MemoryLine[];
  busy: boolean;
  onTeach: OnTeach;
}) {
  if (suggested.length === 0) return null;
  return (
    <section aria-labelledby="learned-title" className="border-b border-line bg-sunken px-4 py-3">
      <h2 id="learned-title" className="mb-1 font-semibold">
        Remember for next time
      </h2>
      <ul className="space-y-2">
        {suggested.map(line => (
          <SuggestedMemory key={line.id} line={line} busy={busy} onTeach={onTeach} />
        ))}
      </ul>
    </section>
  );
}
