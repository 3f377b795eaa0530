import { evidenceOfTouch } from '#lib/core/evidence-of.ts';
import type { Touch } from '#lib/core/fact.ts';
import type { GraphNode, GraphRelation } from '#lib/core/relation.ts';
import { isPerson, subjectKey, type Subject } from '#lib/core/subject.ts';
import { lexiconOf, look, type Lexicon } from './lexicon.ts';
import { decayed, nodeOf, rounded, tookPlace, userOf, type Scene, type SceneTouch } from './scene.ts';
import { topicWords } from './topics.ts';

/** A subject of conversation counts for half as much after this many days. */
const HALF_LIFE_DAYS = 60;
/** So many mentions today make a strength of one half. */
const HALF_STRONG = 2;
/** Only so many of the newest touches are searched, and so much of each. */
const MOST_TOUCHES = 60;
const MOST_TEXT = 2000;

interface Named {
  node: GraphNode;
  kind: 'mentioned' | 'interested_in';
}

/** What a text was found to say: who said it, of what, and where. */
interface Finding {
  from: GraphNode;
  named: Named;
  touch: Touch;
  page: Subject;
  words: string;
}

const topics = new Map<GraphNode, Named>(
  topicWords.map(({ node }) => [node, { node, kind: 'interested_in' }] as const),
);
const topicLexicon = lexiconOf(
  topicWords.flatMap(({ words, node }) => {
    const means = topics.get(node);
    return means ? [{ words, means }] : [];
  }),
);

/**
 * What is mentioned in e-mails, calls, meetings and notes: people of the account, products of the CRM and competitors by
 * their exact names, and topics by a short list of words. Whoever wrote a message says it; of a call or a note it is our
 * user who mentions, and those whom it is about who are interested.
 */
export function saidIn(
  scene: Scene,
  competitors: readonly GraphNode[],
  products: readonly GraphNode[],
): GraphRelation[] {
  const named = lexiconOf([
    ...phrases(scene.people.map(person => nodeOf(scene, person)).filter(hasFullName), 'mentioned'),
    ...phrases(competitors, 'mentioned', 3),
    ...phrases(products, 'interested_in', 4),
  ]);
  const findings = scene.touches
    .filter(({ touch }) => tookPlace(touch, scene.asOf))
    .slice(0, MOST_TOUCHES)
    .flatMap(one => findIn(scene, one, [named, topicLexicon]));
  const grouped = Map.groupBy(
    findings,
    ({ from, named: { node, kind } }) => `${from.key}\n${kind}\n${node.key}`,
  );
  return [...grouped.values()].flatMap(group => relationOf(group, scene.asOf) ?? []);
}

/** A first and a last name: one word alone may be anybody. */
const hasFullName = ({ name }: GraphNode): boolean => /\p{L}{2,}\s+(?:\S+\s+)*\p{L}{2,}/u.test(name);

const phrases = (nodes: readonly GraphNode[], kind: Named['kind'], letters = 1) =>
  nodes
    .filter(({ name }) => name.trim().length >= letters)
    .map(node => ({ words: node.name.replaceAll('*', ' '), means: { node, kind } }));

function findIn(scene: Scene, { touch, about }: SceneTouch, lexicons: readonly Lexicon<Named>[]): Finding[] {
  const page = about.find(isPerson) ?? about[0];
  if (!page) return [];
  const text = textOf(touch);
  const present = new Set<string>(about.map(subjectKey));
  return [...look(text, lexicons)].flatMap(([named, { index, length }]) => {
    if (present.has(named.node.key)) return [];
    const words = around(touch, text, index, length);
    return sayers(scene, { touch, about }, named.kind).map(who => ({
      from: nodeOf(scene, who),
      named,
      touch,
      page,
      words,
    }));
  });
}

/** What we write ourselves shows no interest of theirs. */
function sayers(scene: Scene, { touch, about }: SceneTouch, kind: Named['kind']): Subject[] {
  const people = about.filter(isPerson);
  if (touch.direction === 'in') return people.slice(0, 1);
  const user = userOf(touch);
  if (kind === 'mentioned') return user ? [user] : people.slice(0, 1);
  if (touch.channel === 'email') return [];
  return people.length > 0 ? people.slice(0, 3) : scene.account ? [scene.account] : [];
}

/** Title and text of a touch as they are searched, the title first. */
export const textOf = ({ title, body }: Touch): string => `${title}\n${body.slice(0, MOST_TEXT)}`;

/** The words with what stands around them, at most 260 characters, verbatim from the text, or where they are there the title. */
export function around({ title }: Touch, text: string, index: number, length: number): string {
  const inTitle = index < title.length;
  const [first, last] = inTitle ? [0, title.length] : [title.length + 1, text.length];
  const from = Math.max(first, index - 80);
  const to = Math.min(last, index + Math.min(length, 100) + 80);
  const line = text.slice(from, to).toWellFormed();
  const startsInWord = from > first && /\S/.test(text[from - 1] ?? '');
  return (startsInWord ? line.replace(/^\S*\s/, '') : line).trim();
}

function relationOf(group: readonly Finding[], asOf: string): GraphRelation | null {
  const newest = group[0];
  const oldest = group.at(-1);
  if (!newest || !oldest) return null;
  const sum = group.reduce((total, { touch }) => total + decayed(touch.at, asOf, HALF_LIFE_DAYS), 0);
  const said = newest.named.kind === 'mentioned' ? 'Named' : 'Came up';
  return {
    from: newest.from,
    kind: newest.named.kind,
    to: newest.named.node,
    at: oldest.touch.at,
    learntAt: oldest.touch.learntAt,
    lastAt: newest.touch.at,
    strength: rounded(1 - 2 ** (-sum / HALF_STRONG)),
    why: group.length === 1 ? `${said} once` : `${said} ${group.length} times`,
    evidence: group.slice(0, 3).map(({ touch, page, words }) => evidenceOfTouch(touch, page, words)),
  };
}
