import { z } from 'zod';
import { evidenceOfFact } from '#lib/core/evidence-of.ts';
import type { Fact } from '#lib/core/fact.ts';
import type { GraphNode, GraphRelation } from '#lib/core/relation.ts';
import { subjectKey, type Subject } from '#lib/core/subject.ts';
import { nodeOf, relationOfLink, type Scene } from './scene.ts';

const Teams = z.array(z.object({ id: z.string().min(1).max(128), name: z.string() }));

/** Which of our users are in which team: the user's own list of teams (HubSpot), or links (Salesforce). */
export function memberOf(scene: Scene, users: readonly Subject[]): GraphRelation[] {
  const listed = users.flatMap(user => {
    const fact = scene.known.get(subjectKey(user))?.['teams'];
    return fact
      ? teamsIn(fact).map(team =>
          statedBy(
            nodeOf(scene, user),
            'member_of',
            teamNode(user, team),
            fact,
            'Team of the user in the CRM',
          ),
        )
      : [];
  });
  const linked = scene.links.flatMap(link => {
    if (link.from.object === 'owners' && link.to.object === 'teams')
      return [relationOfLink(scene, link, 'member_of', 'Role of the user in the CRM')];
    if (link.from.object !== 'teams' || link.to.object !== 'owners') return [];
    const { from, to, ...rest } = relationOfLink(scene, link, 'member_of', 'Member of the group in the CRM');
    return [{ ...rest, from: to, to: from }];
  });
  return [...listed, ...linked];
}

const parsed = new WeakMap<Fact, z.infer<typeof Teams>>();

function teamsIn(fact: Fact): z.infer<typeof Teams> {
  const teams = parsed.get(fact) ?? parseTeams(fact);
  parsed.set(fact, teams);
  return teams;
}

function parseTeams({ value }: Fact): z.infer<typeof Teams> {
  try {
    return Teams.catch([]).parse(JSON.parse(value ?? '[]'));
  } catch {
    return []; // what cannot be read names no team
  }
}

const teamNode = ({ crm }: Subject, { id, name }: { id: string; name: string }): GraphNode => ({
  key: subjectKey({ crm, object: 'teams', id }),
  kind: 'team',
  name,
  subject: { crm, object: 'teams', id },
});

/** Fields in which CRMs keep to whom somebody reports. */
export const superiorFields = ['ReportsToId', 'reports_to', 'manager', 'manager_email', 'supervisor'];

/**
 * Who reports to whom: a user's manager in the CRM; of people a field that holds the id, the e-mail address or the full name
 * of one of them, and of one alone. Nobody reports to themselves; whoever follows these relations must expect circles.
 */
export function reportsTo(scene: Scene): GraphRelation[] {
  const managers = scene.links
    .filter(link => link.kind === 'manager' && link.to.object === 'owners')
    .map(link => relationOfLink(scene, link, 'reports_to', 'Manager of the user in the CRM'));
  const superiors = scene.people.flatMap(person => {
    const facts = scene.known.get(subjectKey(person)) ?? {};
    return superiorFields.flatMap(name => {
      const fact = facts[name];
      const superior = fact?.value ? namedBy(scene, person, fact.value) : null;
      if (!fact || !superior) return [];
      return [
        statedBy(nodeOf(scene, person), 'reports_to', nodeOf(scene, superior), fact, `“${name}” in the CRM`),
      ];
    });
  });
  return [...managers, ...superiors];
}

function namedBy(scene: Scene, person: Subject, value: string): Subject | null {
  const wanted = value.trim().toLowerCase();
  const found = scene.people.filter(
    other =>
      subjectKey(other) !== subjectKey(person) &&
      (other.id.toLowerCase() === wanted ||
        scene.known.get(subjectKey(other))?.['email']?.value?.trim().toLowerCase() === wanted ||
        nodeOf(scene, other).name.toLowerCase() === wanted),
  );
  return found.length === 1 ? (found[0] ?? null) : null;
}

const statedBy = (
  from: GraphNode,
  kind: GraphRelation['kind'],
  to: GraphNode,
  fact: Fact,
  why: string,
): GraphRelation => ({
  from,
  kind,
  to,
  at: fact.at,
  learntAt: fact.learntAt,
  lastAt: null,
  strength: null,
  why,
  evidence: [evidenceOfFact(fact)],
});
