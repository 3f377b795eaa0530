'use client';
import { HoverCard } from 'radix-ui';
import { useState } from 'react';
import type { CrmPages } from '#lib/core/record-url.ts';
import type { Claim } from '#lib/core/evidence.ts';
import { EvidenceSource } from '#components/record/evidence-link.tsx';
import { evidenceKey } from '#components/record/record-href.ts';
import { markClaims } from './mark-claims.ts';

/** The words of a claim in the draft: hover, focus or a click shows what they stand on; Enter leads to the list below. */
function ClaimMark({
  text,
  claim,
  href,
  crmPages,
  onOpened,
}: {
  text: string;
  claim: Claim;
  href: string;
  crmPages: CrmPages | null;
  onOpened: () => void;
}) {
  const [open, setOpen] = useState(false);
  const show = (next: boolean) => {
    setOpen(next);
    if (next) onOpened();
  };
  return (
    <HoverCard.Root open={open} onOpenChange={show} openDelay={150} closeDelay={200}>
      <HoverCard.Trigger
        href={href}
        onClick={event => {
          // A click by keyboard has no detail: it follows the link, to where readers without a pointer find the evidence.
          if (event.detail === 0) return;
          event.preventDefault();
          show(true);
        }}
        className="underline decoration-accent decoration-2 underline-offset-2 hover:bg-accent-soft focus-visible:bg-accent-soft"
      >
        {text}
      </HoverCard.Trigger>
      <HoverCard.Portal>
        <HoverCard.Content
          sideOffset={4}
          collisionPadding={8}
          className="z-50 max-h-72 w-80 max-w-[calc(100vw-16px)] space-y-2 overflow-y-auto rounded border border-edge bg-surface p-3 text-ink shadow-md"
        >
          {claim.evidence.length === 0 && (
            <p>No evidence is recorded for this sentence: check it yourself.</p>
          )}
          {claim.evidence.map(e => (
            <EvidenceSource key={evidenceKey(e)} evidence={e} crmPages={crmPages} />
          ))}
        </HoverCard.Content>
      </HoverCard.Portal>
    </HoverCard.Root>
  );
}

/** A draft with its factual sentences underlined. */
export function DraftText({
  text,
  claims,
  idPrefix,
  crmPages,
  onOpened,
}: {
  text: string;
  claims: readonly Claim[];
  idPrefix: string;
  crmPages: CrmPages | null;
  onOpened: () => void;
}) {
  return (
    <p className="whitespace-pre-line">
      {markClaims(text, claims).map(segment => {
        const claim = segment.claim === null ? undefined : claims[segment.claim];
        if (claim === undefined) return <span key={segment.at}>{segment.text}</span>;
        return (
          <ClaimMark
            key={segment.at}
            text={segment.text}
            claim={claim}
            href={`#${idPrefix}-${(segment.claim ?? 0) + 1}`}
            crmPages={crmPages}
            onOpened={onOpened}
          />
        );
      })}
    </p>
  );
}
