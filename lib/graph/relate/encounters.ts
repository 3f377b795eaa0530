import { evidenceOfTouch } from '#lib/core/evidence-of.ts';
import type { Touch } from '#lib/core/fact.ts';
import type { GraphNode, GraphRelation } from '#lib/core/relation.ts';
import { isPerson, subjectKey, type Subject } from '#lib/core/subject.ts';
import { nodeOf, rounded, tookPlace, userOf, type Scene, type SceneTouch } from './scene.ts';

/** Meetings beyond the newest so many are part of the stream, not nodes of the graph. */
const MOST_MEETINGS = 10;

/** Who was in which meeting: the people whom the CRM links to it, and the user whose it was. */
export function attended(scene: Scene): GraphRelation[] {
  return scene.touches
    .filter(({ touch }) => touch.channel === 'meeting' && tookPlace(touch, scene.asOf))
    .slice(0, MOST_MEETINGS)
    .flatMap(({ touch, about }) => {
      const people = about.filter(isPerson);
      const user = userOf(touch);
      const [page] = people;
      if (!page) return [];
      return [...people, ...(user ? [user] : [])].map(who => ({
        from: nodeOf(scene, who),
        kind: 'attended' as const,
        to: meetingNode(touch),
        at: touch.at,
        learntAt: touch.learntAt,
        lastAt: touch.at,
        strength: null,
        why:
          who.object === 'owners' ? 'The meeting is theirs in the CRM' : 'Linked to the meeting in the CRM',
        evidence: [evidenceOfTouch(touch, page)],
      }));
    });
}

const meetingNode = ({ ref, title }: Touch): GraphNode => ({
  key: subjectKey(ref),
  kind: 'meeting',
  name: title.slice(0, 200).toWellFormed() || 'Meeting',
  subject: ref,
});

/** The CRM's thread; where it has none, the subject line without "Re:" and its like. */
const threadOf = ({ threadId, title }: Touch): string | null =>
  threadId ??
  (title
    .replace(/^(?:\s*(?:re|aw|fw|fwd|wg|sv|antw|tr|rif)\s*:)+/i, '')
    .trim()
    .toLowerCase() ||
    null);

interface Exchange {
  person: Subject;
  user: Subject;
  asked: Set<string>;
  answered: Set<string>;
  first: Touch;
  newest: Touch[];
}

/**
 * Who answered whom by e-mail: a message from a person in a thread in which one of our users had written to them before.
 * Strength is the share of the threads that we began or carried on in which they answered.
 */
export function repliedTo(scene: Scene): GraphRelation[] {
  const exchanges = new Map<string, Exchange>();
  const written = new Map<string, { user: Subject; thread: string }[]>();
  const oldestFirst = scene.touches
    .filter(({ touch }) => touch.channel === 'email' && tookPlace(touch, scene.asOf))
    .toReversed();
  for (const one of oldestFirst) for (const person of one.about) if (isPerson(person)) follow(one, person);
  function follow({ touch }: SceneTouch, person: Subject): void {
    const thread = threadOf(touch);
    if (thread === null || touch.direction === 'none') return;
    const key = subjectKey(person);
    const user = userOf(touch);
    if (touch.direction === 'out') {
      if (user === null) return;
      written.set(key, [
        ...(written.get(key) ?? []).filter(one => one.thread !== thread || one.user.id !== user.id),
        { user, thread },
      ]);
      exchanges.get(`${key}\n${user.id}`)?.asked.add(thread);
      return;
    }
    const before = (written.get(key) ?? []).filter(one => one.thread === thread).at(-1);
    if (!before) return;
    const pair = `${key}\n${before.user.id}`;
    const asked = (written.get(key) ?? []).filter(one => one.user.id === before.user.id);
    const exchange = exchanges.get(pair) ?? {
      person,
      user: before.user,
      asked: new Set(asked.map(one => one.thread)),
      answered: new Set(),
      first: touch,
      newest: [],
    };
    exchange.answered.add(thread);
    exchange.newest = [touch, ...exchange.newest].slice(0, 3);
    exchanges.set(pair, exchange);
  }
  return [...exchanges.values()].map(({ person, user, asked, answered, first, newest }) => ({
    from: nodeOf(scene, person),
    kind: 'replied_to',
    to: nodeOf(scene, user),
    at: first.at,
    learntAt: first.learntAt,
    lastAt: newest[0]?.at ?? first.at,
    strength: rounded(Math.min(1, answered.size / Math.max(1, asked.size))),
    why: `Answered in ${answered.size} of ${asked.size} e-mail thread${asked.size === 1 ? '' : 's'}`,
    evidence: newest.map(touch => evidenceOfTouch(touch, person)),
  }));
}
