import { evidenceOfFact } from '#lib/core/evidence-of.ts';
import type { GraphNode, GraphRelation } from '#lib/core/relation.ts';
import { subjectKey } from '#lib/core/subject.ts';
import { nodeOf, nodeWithout, type Scene } from './scene.ts';

/** Fields of opportunities and accounts that name who else is in the running: `main_competitor`, `Competitors__c` … */
const competitorField = /(?:^|_)competitors?(?:__c|$|_)/i;
export const isCompetitorField = (name: string): boolean =>
  competitorField.test(name) && !name.startsWith('num_');
const NOBODY = /^(?:none|no|n\/?a|unknown|keiner?|-+|\?+)$/i;

/** Who competes for which opportunity or account, as the fields for it in the CRM say. */
export const competes = (scene: Scene): GraphRelation[] =>
  [...scene.deals, ...(scene.account ? [scene.account] : [])].flatMap(record =>
    Object.values(scene.known.get(subjectKey(record)) ?? {})
      .filter(({ name }) => isCompetitorField(name))
      .flatMap(fact =>
        (fact.value ?? '')
          .split(/[;,\n]/)
          .map(name => name.trim().slice(0, 100).toWellFormed())
          .filter(name => name.length > 1 && !NOBODY.test(name))
          .slice(0, 10)
          .map(name => ({
            from: competitorNode(name),
            kind: 'competes' as const,
            to: nodeOf(scene, record),
            at: fact.at,
            learntAt: fact.learntAt,
            lastAt: null,
            strength: null,
            why: 'Named as competitor in the CRM',
            evidence: [evidenceOfFact(fact)],
          })),
      ),
  );

export const competitorNode = (name: string): GraphNode => nodeWithout('account', 'competitor', name);

export const competitorsIn = (relations: readonly GraphRelation[]): GraphNode[] => [
  ...new Map(
    relations.filter(({ kind }) => kind === 'competes').map(({ from }) => [from.key, from]),
  ).values(),
];
