import type { CrmPages } from '#lib/core/record-url.ts';
import type { MapRelation } from '#lib/views/account-graph-types.ts';
import { EvidenceList } from '#components/record/evidence-link.tsx';
import { formatPercent } from '#components/ui/number-format.ts';
import { Time } from '#components/ui/time.tsx';
import { relationWord, strengthWord } from './relation-words.ts';

export type NameOf = (key: string) => string;

/** Relations in words: what, how strong, why, since when, and what shows it. */
export function RelationLines({
  relations,
  nameOf,
  crmPages,
}: {
  relations: readonly MapRelation[];
  nameOf: NameOf;
  crmPages: CrmPages | null;
}) {
  return (
    <ul className="space-y-3">
      {relations.map(relation => (
        <li key={`${relation.from} ${relation.kind} ${relation.to} ${relation.at}`} className="space-y-0.5">
          <p>
            {nameOf(relation.from)} <span className="font-medium">{relationWord[relation.kind]}</span>{' '}
            {nameOf(relation.to)}
          </p>
          <p>{relation.why}</p>
          <p className="text-xs text-muted">
            {relation.strength !== null && (
              <>
                {strengthWord(relation.strength)} ({formatPercent(relation.strength)}) ·{' '}
              </>
            )}
            since <Time at={relation.at} as="day" />
            {relation.lastAt !== null && (
              <>
                {' '}
                · last <Time at={relation.lastAt} as="relative" />
              </>
            )}
          </p>
          <EvidenceList evidence={relation.evidence} crmPages={crmPages} />
        </li>
      ))}
    </ul>
  );
}
