'use client';
import { Quote } from 'lucide-react';
import { Popover } from 'radix-ui';
import type { Evidence } from '#lib/core/evidence.ts';
import { TextLink } from '#components/ui/text-link.tsx';
import { Time } from '#components/ui/time.tsx';
import { recordHref, type CrmPages } from '#lib/core/record-url.ts';
import { evidenceKey } from './record-href.ts';
import { fieldWords, objectWord } from './record-words.ts';

const nameOf = (evidence: Evidence): string =>
  evidence.field
    ? `${objectWord[evidence.object]}: ${fieldWords(evidence.field)}`
    : objectWord[evidence.object];

/** The words themselves, as they stood in the record, and where they stood. */
export function EvidenceSource({ evidence, crmPages }: { evidence: Evidence; crmPages: CrmPages | null }) {
  const href = recordHref(crmPages, evidence.url);
  return (
    <div className="space-y-1">
      <blockquote className="border-l-2 border-edge pl-2 whitespace-pre-line">
        {evidence.snippet || <em className="text-muted">empty</em>}
      </blockquote>
      <p className="text-xs text-muted">
        {href ? (
          <TextLink href={href} opens="top">
            {nameOf(evidence)}
          </TextLink>
        ) : (
          nameOf(evidence)
        )}
        , <Time at={evidence.at} />, version {evidence.version}
      </p>
    </div>
  );
}

/** A link to the place in the CRM, and beside it a button that shows the words without leaving. */
export function EvidenceLink({
  evidence,
  crmPages,
  onOpened,
}: {
  evidence: Evidence;
  crmPages: CrmPages | null;
  onOpened?: (() => void) | undefined;
}) {
  const href = recordHref(crmPages, evidence.url);
  const label = (
    <>
      {nameOf(evidence)}, <Time at={evidence.at} as="day" />
    </>
  );
  return (
    <span className="text-xs">
      {href ? (
        <TextLink href={href} opens="top" {...(onOpened && { onClick: onOpened })}>
          {label}
        </TextLink>
      ) : (
        label
      )}
      <Popover.Root onOpenChange={open => open && onOpened?.()}>
        <Popover.Trigger
          aria-label={`Show the words of ${nameOf(evidence)}`}
          title="Show the words"
          className="ml-0.5 inline-flex size-6 items-center justify-center rounded align-middle text-muted hover:bg-sunken hover:text-ink print:hidden"
        >
          <Quote aria-hidden className="size-3" />
        </Popover.Trigger>
        <Popover.Portal>
          <Popover.Content
            sideOffset={4}
            collisionPadding={8}
            className="z-50 max-h-72 w-80 max-w-[calc(100vw-16px)] overflow-y-auto rounded border border-edge bg-surface p-3 text-ink shadow-md"
          >
            <EvidenceSource evidence={evidence} crmPages={crmPages} />
          </Popover.Content>
        </Popover.Portal>
      </Popover.Root>
    </span>
  );
}

/** Evidence in a row, each place once; beyond `max` the number of the rest. */
export function EvidenceList({
  evidence,
  crmPages,
  max = 3,
  onOpened,
}: {
  evidence: readonly Evidence[];
  crmPages: CrmPages | null;
  max?: number;
  onOpened?: (() => void) | undefined;
}) {
  const all = [...new Map(evidence.map(e => [evidenceKey(e), e])).values()];
  if (all.length === 0) return <span className="text-xs text-muted">no single record behind it</span>;
  return (
    <span className="inline-flex flex-wrap items-center gap-x-2">
      {all.slice(0, max).map(e => (
        <EvidenceLink key={evidenceKey(e)} evidence={e} crmPages={crmPages} onOpened={onOpened} />
      ))}
      {all.length > max && <span className="text-xs text-muted">and {all.length - max} more</span>}
    </span>
  );
}
