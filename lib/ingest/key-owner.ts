import type { CrmRecord } from '#lib/core/record.ts';
import { isPerson, subjectKey, type CrmObject, type SubjectKey } from '#lib/core/subject.ts';
import { sha256 } from '#lib/platform/hash.ts';

/** Whose data key seals a record: a person's, that of the people of an activity together, or the tenant's. */
export interface KeyOwner {
  /** '' for the tenant, a person's subject key, or `group:` with the hash of several. */
  name: string;
  /** Null unless there are several. */
  people: SubjectKey[] | null;
}

export const tenantOwner: KeyOwner = { name: '', people: null };

/** What belongs to the people that it names: without them nothing of it may stay readable. */
const ofPeople: ReadonlySet<CrmObject> = new Set<CrmObject>([
  'leads',
  'emails',
  'calls',
  'meetings',
  'notes',
  'tasks',
  'tickets',
  'memberships',
  'enrolments',
]);

/**
 * A person's record is sealed with the person's key. So is what belongs to exactly one person; what belongs to several has
 * a key of these people together, which goes with the first of them that is erased.
 */
export function ownerOf({ ref, links }: Pick<CrmRecord, 'ref' | 'links'>): KeyOwner {
  if (isPerson(ref)) return { name: subjectKey(ref), people: null };
  if (!ofPeople.has(ref.object)) return tenantOwner;
  const people = [
    ...new Set(links.filter(link => isPerson(link.to)).map(link => subjectKey(link.to))),
  ].sort();
  const [only] = people;
  if (only === undefined) return tenantOwner;
  return people.length === 1
    ? { name: only, people: null }
    : { name: `group:${sha256(people.join('\n'))}`, people };
}
