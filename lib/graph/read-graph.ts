import type { GraphNode, GraphRelation } from '#lib/core/relation.ts';
import { subjectKey, type Subject } from '#lib/core/subject.ts';
import type { Instant } from '#lib/core/time.ts';
import type { TenantTx } from '#lib/platform/db.ts';
import type {
  AccountGraph,
  Acquaintance,
  BuyingGroup,
  Contradiction,
  Neighbourhood,
  NeighbourhoodOptions,
  NodeDetail,
  Path,
} from './graph-shapes.ts';
import { readLists, readProducts } from './read-beside.ts';
import { readScene, type ReadScene } from './read-scene.ts';
import { buyingGroupIn } from './relate/buying-group.ts';
import { contradictionsIn } from './relate/contradictions.ts';
import { describing, nodesOf, streamOf } from './relate/describe.ts';
import { acquaintances } from './relate/knows.ts';
import { pathsAmong } from './relate/paths.ts';
import { byStrength, relate, relateFurther } from './relate/relate.ts';
import { rolesIn } from './relate/roles.ts';
import { nodeOf, valueIn } from './relate/scene.ts';
import { nearest } from './relate/nearest.ts';
import { listAccountsLike } from './store-scene.ts';
import { readNewest } from './store-values.ts';
import type { When } from './store-when.ts';

/** Nodes of a graph at most, and relations between them. */
const MOST_NODES = 150;
const MOST_RELATIONS = 600;
const MOST_STREAM = 30;
const MOST_CANDIDATES = 20;

/**
 * The account with its people, opportunities, users, meetings and topics, and how they stand to each other, as known at a
 * time. `account` may be any record: then it is the graph of its account. Throws AppError('not_found').
 */
export const accountGraph = async (tx: TenantTx, account: Subject, asOf: Instant): Promise<AccountGraph> =>
  graphIn(tx, await readScene(tx, account, asOf));

/** `accountGraph` of a scene that has been read. */
export async function graphIn(tx: TenantTx, scene: ReadScene): Promise<AccountGraph> {
  const { relations, describe } = await allOf(tx, scene);
  const center = scene.account ?? scene.center;
  const own = nodeOf(scene, center);
  const details = nodesAround(scene, relations, own)
    .map(describe)
    .sort((a, b) => worthOf(b) - worthOf(a) || (a.key < b.key ? -1 : 1));
  const nodes = details.slice(0, MOST_NODES);
  return {
    asOf: scene.asOf,
    account: describe(own),
    nodes,
    relations: among(relations, [own, ...nodes]).slice(0, MOST_RELATIONS),
    stream: streamOf(scene.touches, MOST_STREAM),
    truncated: details.length - nodes.length + scene.left,
  };
}

/**
 * What stands around a person, an account or an opportunity, the nearest and strongest first, looked for around its account.
 * Throws AppError('not_found').
 */
export async function neighbourhood(
  tx: TenantTx,
  node: Subject,
  { depth, limit = 50, kinds, asOf }: NeighbourhoodOptions,
): Promise<Neighbourhood> {
  const scene = await readScene(tx, node, asOf);
  const { relations, describe } = await allOf(tx, scene);
  const center = nodeOf(scene, scene.center);
  const reached = nearest(relations, center, depth).filter(
    ({ node: one }) => kinds === undefined || kinds.includes(one.kind),
  );
  const shown = reached.slice(0, Math.min(Math.max(limit, 0), MOST_NODES));
  return {
    asOf,
    center: describe(center),
    nodes: shown.map(({ node: one, distance }) => ({ ...describe(one), distance })),
    relations: among(relations, [center, ...shown.map(({ node: one }) => one)]).slice(0, MOST_RELATIONS),
    truncated: reached.length - shown.length + scene.left,
  };
}

/** Which of our users know which people of an account, the best acquainted first. Throws AppError('not_found'). */
export const whoKnowsWhom = async (tx: TenantTx, account: Subject, asOf: Instant): Promise<Acquaintance[]> =>
  acquaintances(await readScene(tx, account, asOf)).slice(0, MOST_RELATIONS);

/** Which parts in a purchase are played at an account, or in an opportunity, and which by nobody. Throws AppError('not_found'). */
export const buyingGroup = async (tx: TenantTx, of: Subject, asOf: Instant): Promise<BuyingGroup> =>
  groupIn(await readScene(tx, of, asOf));

/** `buyingGroup` of a scene that has been read. */
export function groupIn(scene: ReadScene): BuyingGroup {
  const roles = rolesIn(scene);
  const about = scene.center.object === 'deals' ? scene.center : (scene.account ?? scene.center);
  return buyingGroupIn(scene, about, roles, describing(scene, roles, scene.same));
}

/**
 * The shortest few ways from a user of ours (an owner's subject) to a person, over at most three relations at the person's
 * account, each with what shows it. Empty: there is none. Throws AppError('not_found').
 */
export async function pathsBetween(
  tx: TenantTx,
  user: Subject,
  person: Subject,
  asOf: Instant,
): Promise<Path[]> {
  const scene = await readScene(tx, person, asOf);
  const { relations } = relate(scene, scene.users);
  return pathsAmong(relations, subjectKey(user), subjectKey(scene.center));
}

/** What was said about a subject, or at its account, that its fields do not agree with. Throws AppError('not_found'). */
export const contradictions = async (
  tx: TenantTx,
  subject: Subject,
  asOf: Instant,
): Promise<Contradiction[]> => {
  const scene = await readScene(tx, subject, asOf);
  return contradictionsIn(scene, scene.center);
};

async function allOf(
  tx: TenantTx,
  scene: ReadScene,
): Promise<{ relations: GraphRelation[]; describe: (node: GraphNode) => NodeDetail }> {
  const when: When = { asOf: scene.asOf, view: 'as-learnt' };
  const [candidates, products, lists] = await Promise.all([
    scene.account ? candidatesFor(tx, scene, scene.account) : [],
    readProducts(tx, when),
    readLists(tx, scene, when),
  ]);
  const known = new Map([...scene.known, ...(await readNewest(tx, candidates, when))]);
  const whole = { ...scene, known };
  const { relations, roles } = relate(whole, scene.users);
  const further = relateFurther(whole, { products, candidates });
  return {
    relations: [...relations, ...further, ...lists].sort(byStrength),
    describe: describing(whole, roles, scene.same),
  };
}

async function candidatesFor(tx: TenantTx, scene: ReadScene, account: Subject): Promise<Subject[]> {
  const industry = valueIn(scene, account, 'industry');
  if (industry === null) return [];
  const country = valueIn(scene, account, 'country');
  return listAccountsLike(tx, { industry, country }, MOST_CANDIDATES);
}

/** Everything that is at an end of a relation, and people and opportunities that are at none. */
const nodesAround = (scene: ReadScene, relations: readonly GraphRelation[], own: GraphNode): GraphNode[] => {
  const all = [...nodesOf(scene, scene.users), ...relations.flatMap(({ from, to }) => [from, to])];
  const byKey = new Map(all.map(node => [node.key, node]));
  byKey.delete(own.key);
  return [...byKey.values()];
};

/** People, opportunities and our users before what was talked about; among them those with the most contact. */
const worthOf = (node: NodeDetail): number =>
  (node.kind === 'opportunity'
    ? 3000
    : node.kind === 'user'
      ? 2000
      : node.kind === 'person' || node.kind === 'lead'
        ? 1000
        : 0) +
  Math.min(node.touches, 900) +
  (node.roles.length > 0 ? 50 : 0);

const among = (relations: readonly GraphRelation[], nodes: readonly GraphNode[]): GraphRelation[] => {
  const keys = new Set(nodes.map(({ key }) => key));
  return relations.filter(({ from, to }) => keys.has(from.key) && keys.has(to.key));
};
