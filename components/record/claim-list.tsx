import type { CrmPages } from '#lib/core/record-url.ts';
import type { Claim } from '#lib/core/evidence.ts';
import { TextLink } from '#components/ui/text-link.tsx';
import { EvidenceList } from './evidence-link.tsx';

/** Sentences, each with its evidence. Claims are fixed once made, so their order identifies them. */
export function ClaimList({
  claims,
  crmPages,
  idPrefix,
  onOpened,
}: {
  claims: readonly Claim[];
  crmPages: CrmPages | null;
  idPrefix?: string;
  onOpened?: () => void;
}) {
  return (
    <ul className="space-y-1">
      {claims.map((claim, i) => (
        <li key={claim.text} id={idPrefix && `${idPrefix}-${i + 1}`} className="target:bg-accent-soft">
          {claim.text}{' '}
          {claim.memory ? (
            <TextLink href={`/memory#${claim.memory}`} opens="tab" className="text-xs">
              memory
            </TextLink>
          ) : (
            <EvidenceList evidence={claim.evidence} crmPages={crmPages} onOpened={onOpened} />
          )}
        </li>
      ))}
    </ul>
  );
}
