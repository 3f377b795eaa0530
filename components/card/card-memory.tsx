'use client';
import type { Subject } from '#lib/core/subject.ts';
import type { SubjectMemory } from '#lib/views/memory-types.ts';
import { MemoryItem } from '#components/memory/memory-item.tsx';
import type { OnTeach } from '#components/memory/teach-event.ts';
import { Disclosure } from '#components/ui/disclosure.tsx';
import { TextLink } from '#components/ui/text-link.tsx';

/** What was taught about the record and its account, and is in force. */
export function CardMemory({
  memory,
  subject,
  busy,
  onTeach,
  onOpened,
}: {
  memory: SubjectMemory;
  subject: Subject;
  busy: boolean;
  onTeach: OnTeach;
  onOpened: () => void;
}) {
  const { known, mayTeach } = memory;
  const about = new URLSearchParams({ about: `${subject.crm}:${subject.object}:${subject.id}` });
  return (
    <section aria-label="What I know" className="border-t border-line p-4">
      <Disclosure summary={`What I know (${known.length})`} onOpen={onOpened}>
        {known.length === 0 ? (
          <p className="text-muted">Nobody has taught me anything about this record yet.</p>
        ) : (
          <ul>
            {known.map(line => (
              <MemoryItem
                key={line.id}
                line={line}
                busy={busy}
                onTeach={onTeach}
                showAbout={line.about !== null && line.about.subject.id !== subject.id}
              />
            ))}
          </ul>
        )}
        {mayTeach && (
          <p className="pt-1">
            <TextLink href={`/memory?${about}`} opens="tab">
              Teach something
            </TextLink>
          </p>
        )}
      </Disclosure>
    </section>
  );
}
