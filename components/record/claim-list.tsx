import type { Claim } from '#lib/core/evidence.ts';
import { EvidenceList } from './evidence-link.tsx';

/** Sentences, each with its evidence. Claims are fixed once made, so their order identifies them. */
export function ClaimList({
  claims,
  crmUrl,
  idPrefix,
  onOpened,
}: {
  claims: readonly Claim[];
  crmUrl: string;
  idPrefix?: string;
  onOpened?: () => void;
}) {
  return (
    <ul className="space-y-1">
      {claims.map((claim, i) => (
        <li key={claim.text} id={idPrefix && `${idPrefix}-${i + 1}`} className="target:bg-accent-soft">
          {claim.text} <EvidenceList evidence={claim.evidence} crmUrl={crmUrl} onOpened={onOpened} />
        </li>
      ))}
    </ul>
  );
}
