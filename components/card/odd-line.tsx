'use client';
import { TriangleAlert } from 'lucide-react';
import type { SubjectView } from '#lib/views/types.ts';
import { EvidenceLink } from '#components/record/evidence-link.tsx';
import { Disclosure } from '#components/ui/disclosure.tsx';

const most = 10;

/** What looks wrong in the record, in one line that opens: nothing of it was corrected. */
export function OddLine({
  oddities,
  crmPages,
  onOpened,
}: Pick<SubjectView, 'oddities' | 'crmPages'> & { onOpened?: () => void }) {
  const [first] = oddities;
  if (!first) return null;
  const count = oddities.length;
  return (
    <section aria-label="What looks wrong in this record" className="border-b border-line px-4 py-1 text-xs">
      <Disclosure
        {...(onOpened && { onOpen: onOpened })}
        summary={
          <span className="flex min-w-0 items-center gap-1 text-muted">
            <TriangleAlert aria-hidden className="size-3.5 shrink-0" />
            <span className="shrink-0">
              {count === 1 ? 'One thing looks' : `${count} things look`} wrong in this record:
            </span>
            <span className="truncate" dir="auto">
              {first.text}
            </span>
          </span>
        }
      >
        <ul className="space-y-1">
          {oddities.slice(0, most).map(({ text, evidence }, i) => (
            <li key={i}>
              <bdi className="break-words">{text}</bdi>.{' '}
              <EvidenceLink evidence={evidence} crmPages={crmPages} onOpened={onOpened} />
            </li>
          ))}
        </ul>
        <p className="pt-1 text-muted">
          {count > most && `And ${count - most} more. `}It is kept as the CRM has it; change it there if it is
          wrong.
        </p>
      </Disclosure>
    </section>
  );
}
