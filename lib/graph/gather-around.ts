import type { Fact, Interaction, Touch } from '#lib/core/fact.ts';
import {
  isPerson,
  subjectKey,
  type CrmObject,
  type Subject,
  type SubjectKey,
  unique,
} from '#lib/core/subject.ts';
import type { Instant } from '#lib/core/time.ts';
import type { TenantTx } from '#lib/platform/db.ts';
import { ownerIdOf } from './name-of.ts';
import { userOf, type SceneTouch } from './relate/scene.ts';
import { listInteractions } from './store-interactions.ts';
import { listLinks, type DatedLink } from './store-links.ts';
import { listKnown, listNeighbours, type Neighbour } from './store-neighbours.ts';
import { listTouches } from './store-touches.ts';
import { readHistory, readNewest } from './store-values.ts';
import type { When } from './store-when.ts';

export type { View } from './store-when.ts';

const MOST_PEOPLE = 20;
const MOST_DEALS = 20;
/** A company's touches and interactions are those of this many of its people. */
const MOST_LINKED = 200;

/** A subject with the references around it. */
export interface Place {
  subject: Subject;
  createdAt: Instant;
  account: Subject | null;
  deals: Subject[];
  people: Subject[];
  owner: Subject | null;
}

/** All that was known around some subjects: references by subject, values by record. */
export interface Around {
  places: Place[];
  history: Map<SubjectKey, Fact[]>;
  values: Map<SubjectKey, Record<string, Fact>>;
  touches: Touch[][];
  /** The touches of each place with the subjects on which they stand, and links by the record that names them. */
  scenes: { touches: SceneTouch[][]; links: Map<SubjectKey, DatedLink[]> };
  interactions: Interaction[][];
}

type Related = (of: Subject | null, object: CrmObject | 'people') => Subject[];

const isA = (subject: Subject, object: CrmObject | 'people'): boolean =>
  object === 'people' ? isPerson(subject) : subject.object === object;

/** What people are called in the CRMs of these subjects. */
const peopleObjects = (subjects: readonly Subject[]): CrmObject[] =>
  subjects.some(({ crm }) => isPerson({ crm, object: 'leads' })) ? ['contacts', 'leads'] : ['contacts'];

function relatedBy(neighbours: readonly Neighbour[]): Related {
  const all = Map.groupBy(neighbours, one => subjectKey(one.of));
  return (of, object) =>
    (of ? (all.get(subjectKey(of)) ?? []) : []).map(one => one.subject).filter(one => isA(one, object));
}

const uniqueExcept = (subjects: readonly Subject[], except: Subject): Subject[] =>
  unique(subjects).filter(one => subjectKey(one) !== subjectKey(except));

/** Reads what was known of the subjects, their accounts, deals, people, touches, interactions and owners. */
export async function gatherAround(tx: TenantTx, subjects: readonly Subject[], when: When): Promise<Around> {
  const known = await listKnown(tx, unique(subjects), when);
  if (known.length === 0)
    return {
      places: [],
      history: new Map(),
      values: new Map(),
      touches: [],
      scenes: { touches: [], links: new Map() },
      interactions: [],
    };
  const refs = known.map(one => one.subject);
  const near = relatedBy(
    await listNeighbours(tx, refs, [...peopleObjects(refs), 'companies', 'deals'], MOST_LINKED, when),
  );
  const anchors = refs.flatMap((subject, i) => [
    { i, subject },
    ...(isPerson(subject) ? [] : near(subject, 'people').map(person => ({ i, subject: person }))),
  ]);
  // None needs what another finds: while one is read, the database is at the next.
  const [{ accountOf, far }, history, touches, interactions] = await Promise.all([
    gatherAccounts(tx, refs, near, when),
    readHistory(tx, refs, when),
    listTouches(tx, anchors, when),
    listInteractions(tx, anchors, when),
  ]);
  const places = known.map(({ subject, createdAt }): Place => {
    const account = accountOf.get(subjectKey(subject)) ?? null;
    const people = uniqueExcept(
      [...near(subject, 'people'), ...peopleAtAccount(subject, account, far)],
      subject,
    );
    const deals = uniqueExcept([...near(subject, 'deals'), ...far(account, 'deals')], subject);
    return {
      subject,
      createdAt,
      account,
      people: people.slice(0, MOST_PEOPLE),
      deals: deals.slice(0, MOST_DEALS),
      owner: ownerIn(subject, history.get(subjectKey(subject)) ?? []),
    };
  });
  const others = unique(
    places.flatMap(place => [
      ...(place.account ? [place.account] : []),
      ...place.people,
      ...place.deals,
      ...(place.owner ? [place.owner] : []),
    ]),
  );
  const met = refs.map((_, i) =>
    (touches.get(i) ?? []).map(({ touch, anchors: on }): SceneTouch => ({
      touch,
      about: on.flatMap(k => anchors[k]?.subject ?? []),
    })),
  );
  const users = unique(met.flat().flatMap(({ touch }) => userOf(touch) ?? []));
  const [values, links] = await Promise.all([
    readNewest(tx, unique([...others, ...users]), when),
    listLinks(tx, unique([...refs, ...others]), ['contacts', 'companies', 'deals', 'owners'], when),
  ]);
  return {
    places,
    history,
    values,
    touches: met.map(list => list.map(({ touch }) => touch)),
    scenes: { touches: met, links: Map.groupBy(links, ({ from }) => subjectKey(from)) },
    interactions: refs.map((_, i) => interactions.get(i) ?? []),
  };
}

/** The account of each subject, and who and what stands around it. */
async function gatherAccounts(
  tx: TenantTx,
  subjects: readonly Subject[],
  near: Related,
  when: When,
): Promise<{ accountOf: Map<SubjectKey, Subject>; far: Related }> {
  const accountOf = await findAccounts(tx, subjects, near, when);
  const accounts = unique([...accountOf.values()]);
  const objects: CrmObject[] = [...peopleObjects(accounts), 'deals'];
  const most = Math.max(MOST_PEOPLE, MOST_DEALS) + 1;
  return { accountOf, far: relatedBy(await listNeighbours(tx, accounts, objects, most, when)) };
}

/** A deal's people are its own; around a person or a lead stand the colleagues at the account too. */
const peopleAtAccount = (subject: Subject, account: Subject | null, far: Related): Subject[] =>
  isPerson(subject) || subject.object === 'leads' ? far(account, 'people') : [];

/** The company of each subject, else that of its first person; a company has no account but itself. */
async function findAccounts(
  tx: TenantTx,
  subjects: readonly Subject[],
  near: Related,
  when: When,
): Promise<Map<SubjectKey, Subject>> {
  const found = new Map<SubjectKey, Subject>();
  const open: { subject: Subject; person: Subject }[] = [];
  for (const subject of subjects) {
    if (subject.object === 'companies') continue;
    const [company] = near(subject, 'companies');
    const [person] = near(subject, 'people');
    if (company) found.set(subjectKey(subject), company);
    else if (person && !isPerson(subject)) open.push({ subject, person });
  }
  const people = unique(open.map(one => one.person));
  const byPerson = relatedBy(await listNeighbours(tx, people, ['companies'], 1, when));
  for (const { subject, person } of open) {
    const [company] = byPerson(person, 'companies');
    if (company) found.set(subjectKey(subject), company);
  }
  return found;
}

function ownerIn(subject: Subject, history: readonly Fact[]): Subject | null {
  const id = ownerIdOf(Object.fromEntries(history.map(fact => [fact.name, fact.value])));
  return id === null ? null : { crm: subject.crm, object: 'owners', id };
}
