import { evidenceOfFact } from '#lib/core/evidence-of.ts';
import type { GraphRelation } from '#lib/core/relation.ts';
import { subjectKey, type Subject } from '#lib/core/subject.ts';
import { nodeOf, valueIn, type Scene } from './scene.ts';

const MOST_SIMILAR = 3;
const sizes = [10, 50, 250, 1000, 5000];

/** Which of the classes by number of employees, from 0; null: not known. */
export function sizeClassOf(employees: string | null): number | null {
  const n = Number(employees?.replaceAll(/[\s,.']/g, '') || Number.NaN);
  return Number.isFinite(n) && n > 0 ? sizes.filter(limit => n > limit).length : null;
}

const sizeOf = (scene: Pick<Scene, 'known'>, one: Subject): number | null =>
  sizeClassOf(valueIn(scene, one, 'numberofemployees'));

/** Of the candidates those of the same industry, size and country then: the same in all three first, at least in two. */
export function similarTo(scene: Scene, account: Subject, candidates: readonly Subject[]): GraphRelation[] {
  const industry = valueIn(scene, account, 'industry');
  if (industry === null) return [];
  const size = sizeOf(scene, account);
  const country = valueIn(scene, account, 'country');
  return candidates
    .flatMap(other => {
      const fact = scene.known.get(subjectKey(other))?.['industry'];
      if (fact?.value?.trim() !== industry || subjectKey(other) === subjectKey(account)) return [];
      const sameSize = size !== null && sizeOf(scene, other) === size;
      const sameCountry = country !== null && valueIn(scene, other, 'country') === country;
      if (!sameSize && !sameCountry) return [];
      const alike = [
        `industry (${industry})`,
        ...(sameSize ? ['size'] : []),
        ...(sameCountry ? [`country (${country})`] : []),
      ];
      return [
        {
          from: nodeOf(scene, account),
          kind: 'similar_to' as const,
          to: nodeOf(scene, other),
          at: fact.at,
          learntAt: fact.learntAt,
          lastAt: null,
          strength: sameSize && sameCountry ? 0.6 : 0.4,
          why: `Same ${alike.join(' and ')}`,
          evidence: [evidenceOfFact(fact)],
        },
      ];
    })
    .sort((a, b) => b.strength - a.strength || (a.to.key < b.to.key ? -1 : 1))
    .slice(0, MOST_SIMILAR);
}
