import { evidenceOfFact } from '#lib/core/evidence-of.ts';
import type { GraphRelation } from '#lib/core/relation.ts';
import { isPerson, subjectKey, type Subject } from '#lib/core/subject.ts';
import { nodeOf, relationOfLink, type Scene } from './scene.ts';

/** Who works at which account: the CRM's links. */
export const worksAt = (scene: Scene): GraphRelation[] =>
  scene.links
    .filter(({ from, to }) => to.object === 'companies' && isPerson(from))
    .map(link => relationOfLink(scene, link, 'works_at', 'Linked to the company in the CRM'));

/** Who has a part in which opportunity: a link that both sides name is one. */
export function involvedIn(scene: Scene): GraphRelation[] {
  const found = new Map<string, GraphRelation>();
  for (const link of scene.links) {
    const [person, deal] = isPerson(link.from) ? [link.from, link.to] : [link.to, link.from];
    if (!isPerson(person) || deal.object !== 'deals') continue;
    const why =
      link.kind === 'plain' || link.kind === 'primary'
        ? 'Linked to the opportunity in the CRM'
        : `On the opportunity as “${link.kind}”`;
    const relation = relationOfLink(scene, link, 'involved_in', why);
    const key = `${subjectKey(person)}\n${subjectKey(deal)}`;
    const there = found.get(key);
    if (!there || (there.at > link.at && link.kind === 'plain') || isPlainer(there.why, why))
      found.set(key, { ...relation, from: nodeOf(scene, person), to: nodeOf(scene, deal) });
  }
  return [...found.values()];
}

const isPlainer = (there: string, why: string): boolean => there.startsWith('Linked') && why.startsWith('On');

/** Which user owns which of these records. */
export const owns = (scene: Scene, records: readonly Subject[]): GraphRelation[] =>
  records.flatMap(record => {
    const fact = scene.known.get(subjectKey(record))?.['hubspot_owner_id'];
    const id = fact?.value?.trim();
    if (!fact || !id) return [];
    const user: Subject = { crm: record.crm, object: 'owners', id };
    return [
      {
        from: nodeOf(scene, user),
        kind: 'owns' as const,
        to: nodeOf(scene, record),
        at: fact.at,
        learntAt: fact.learntAt,
        lastAt: null,
        strength: null,
        why: 'Owner in the CRM',
        evidence: [evidenceOfFact(fact)],
      },
    ];
  });
