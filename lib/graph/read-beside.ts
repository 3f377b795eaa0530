import { evidenceOfFact } from '#lib/core/evidence-of.ts';
import type { GraphNode, GraphRelation } from '#lib/core/relation.ts';
import { subjectKey } from '#lib/core/subject.ts';
import type { TenantTx } from '#lib/platform/db.ts';
import { nodeOf, type Scene } from './relate/scene.ts';
import { listNeighbours } from './store-neighbours.ts';
import { listProducts, listStates } from './store-scene.ts';
import type { When } from './store-when.ts';

const MOST_PRODUCTS = 200;
/** Of one record. */
const MOST_ENTRIES = 10;

/** The CRM's products, whose names are looked for in texts. */
export const readProducts = async (tx: TenantTx, when: When): Promise<GraphNode[]> =>
  (await listProducts(tx, when, MOST_PRODUCTS)).map(({ subject, name }) => ({
    key: subjectKey(subject),
    kind: 'product',
    name,
    subject,
  }));

/** In which campaigns the people of a scene are, and which products its opportunities are about, as the CRM's own lists say. */
export async function readLists(tx: TenantTx, scene: Scene, when: When): Promise<GraphRelation[]> {
  const all = await listNeighbours(
    tx,
    [...scene.people, ...scene.deals],
    ['memberships', 'line_items'],
    MOST_ENTRIES,
    when,
  );
  if (all.length === 0) return [];
  const records = all.map(one => one.subject);
  const states = await listStates(tx, records, ['hs_product_id', 'campaign_id'], when);
  const entries = all.flatMap(({ of, subject }) => {
    const facts = states.get(subjectKey(subject));
    const fact = facts?.['hs_product_id'] ?? facts?.['campaign_id'];
    const object = fact?.name === 'campaign_id' ? ('campaigns' as const) : ('products' as const);
    return fact?.value ? [{ of, fact, to: { crm: subject.crm, object, id: fact.value } }] : [];
  });
  const names = await listStates(
    tx,
    entries.map(({ to }) => to),
    [],
    when,
  );
  return entries.flatMap(({ of, fact, to }) =>
    names.has(subjectKey(to))
      ? [
          {
            from: nodeOf(scene, of),
            kind: to.object === 'campaigns' ? ('involved_in' as const) : ('interested_in' as const),
            to: nodeOf({ known: names }, to),
            at: fact.at,
            learntAt: fact.learntAt,
            lastAt: null,
            strength: null,
            why:
              to.object === 'campaigns'
                ? 'Member of the campaign in the CRM'
                : 'Among the products of the opportunity in the CRM',
            evidence: [evidenceOfFact(fact)],
          },
        ]
      : [],
  );
}
