import { evidenceOfFact } from '#lib/core/evidence-of.ts';
import type { GraphRelation } from '#lib/core/relation.ts';
import { isPerson, subjectKey, type Subject } from '#lib/core/subject.ts';
import type { Instant } from '#lib/core/time.ts';
import type { HeldRole } from '../graph-shapes.ts';
import { decides, roleByTitle, roleName, roleNamed } from './role-words.ts';
import { evidenceOfLink, nodeOf, type Scene } from './scene.ts';

/** A part that a person plays: in one opportunity, or at the account as a whole (`deal` null). */
export interface RoleOf extends HeldRole {
  person: Subject;
  deal: Subject | null;
  at: Instant;
  learntAt: Instant;
}

/**
 * The parts of everybody in a purchase: as the CRM states them (the person's buying role, the label of the link to an
 * opportunity); of people of whom it states none, as the job title suggests, with less strength and saying so.
 */
export function rolesIn(scene: Scene): RoleOf[] {
  const labelled = rolesByLink(scene);
  return scene.people.flatMap(person => {
    const stated = [...rolesByField(scene, person), ...(labelled.get(subjectKey(person)) ?? [])];
    return stated.length > 0 ? stated : roleOfTitle(scene, person);
  });
}

function rolesByField(scene: Scene, person: Subject): RoleOf[] {
  const fact = scene.known.get(subjectKey(person))?.['hs_buying_role'];
  if (!fact?.value) return [];
  return fact.value.split(';').flatMap(value => {
    const role = roleNamed(value);
    if (role === null) return [];
    const { at, learntAt } = fact;
    const why = `Buying role in the CRM: ${roleName(role)}`;
    return [
      {
        person,
        deal: null,
        role,
        basis: 'stated',
        strength: 0.9,
        why,
        at,
        learntAt,
        evidence: [evidenceOfFact(fact)],
      },
    ];
  });
}

function rolesByLink(scene: Scene): Map<string, RoleOf[]> {
  const found = new Map<string, RoleOf>();
  for (const link of scene.links) {
    const [person, deal] = isPerson(link.from) ? [link.from, link.to] : [link.to, link.from];
    const role = link.kind === 'plain' || link.kind === 'primary' ? null : roleNamed(link.kind);
    if (role === null || !isPerson(person) || deal.object !== 'deals') continue;
    const { at, learntAt } = link;
    const why = `“${link.kind}” on the opportunity in the CRM`;
    found.set([subjectKey(person), subjectKey(deal), role].join('\n'), {
      person,
      deal,
      role,
      basis: 'stated',
      strength: 0.95,
      why,
      at,
      learntAt,
      evidence: [evidenceOfLink(link)],
    });
  }
  return Map.groupBy(found.values(), ({ person }) => subjectKey(person));
}

function roleOfTitle(scene: Scene, person: Subject): RoleOf[] {
  const fact = scene.known.get(subjectKey(person))?.['jobtitle'];
  const found = fact?.value ? roleByTitle(fact.value) : null;
  if (!fact || !found) return [];
  const { role, strength } = found;
  const why = `Perhaps ${roleName(role)}: the job title is “${(fact.value ?? '').slice(0, 120).toWellFormed()}”`;
  const { at, learntAt } = fact;
  return [
    {
      person,
      deal: null,
      role,
      basis: 'inferred',
      strength,
      why,
      at,
      learntAt,
      evidence: [evidenceOfFact(fact)],
    },
  ];
}

/** Roles as relations to the opportunity that they are stated for, else to the account, else to the only opportunity. */
export function decidesOrInfluences(scene: Scene, roles: readonly RoleOf[]): GraphRelation[] {
  const whole = scene.account ?? (scene.deals.length === 1 ? scene.deals[0] : undefined) ?? null;
  return roles.flatMap(({ person, deal, role, strength, why, at, learntAt, evidence }) => {
    const to = deal ?? whole;
    if (to === null) return [];
    return [
      {
        from: nodeOf(scene, person),
        kind: decides(role) ? ('decides_for' as const) : ('influences' as const),
        to: nodeOf(scene, to),
        at,
        learntAt,
        lastAt: null,
        strength,
        why,
        evidence,
      },
    ];
  });
}
