import { AppError } from '#lib/core/errors.ts';
import { isPerson, subjectKey, type Subject, type SubjectKey, unique } from '#lib/core/subject.ts';
import { DAY_MS, toInstant, type Instant } from '#lib/core/time.ts';
import type { TenantTx } from '#lib/platform/db.ts';
import { isCompetitorField } from './relate/competes.ts';
import { superiorFields } from './relate/organisation.ts';
import { usersOf } from './relate/relate.ts';
import { nameFields, type Scene, type SceneTouch } from './relate/scene.ts';
import { listLinks } from './store-links.ts';
import { listHeirs } from './store-lives.ts';
import { listKnown, listNeighbours } from './store-neighbours.ts';
import { listSame, listStates } from './store-scene.ts';
import { listTouches } from './store-touches.ts';
import { readNewest } from './store-values.ts';
import type { When } from './store-when.ts';

/** What a scene holds at most. An account with more people than this shows the first of them, primary ones before others. */
export const MOST_PEOPLE = 200;
const MOST_DEALS = 50;
const MOST_TOUCHES = 600;
/** How many are counted beyond that. */
const MOST_COUNTED = 2000;
/** Older contact counts for less than a two-hundredth. */
const TOUCHES_DAYS = 730;
/** The newest are read with more of their text, in which names and topics are looked for. */
const TEXTS = { wholeTexts: 100, whole: 2000, beginning: 300 };

/** Fields that relations and contradictions are read from. */
const fields = new Set([
  ...nameFields,
  ...superiorFields,
  'jobtitle',
  'hubspot_owner_id',
  'hs_buying_role',
  'industry',
  'numberofemployees',
  'country',
  'city',
  'closedate',
  'dealstage',
  'pipeline',
  'amount',
  'hs_is_closed',
  'hs_is_closed_won',
  'lifecyclestage',
  'hs_lead_status',
  'record_archived',
  'teams',
]);
const isAsked = (name: string): boolean => fields.has(name) || isCompetitorField(name);

/** A scene as it was read, with what its reader has to know beside. */
export interface ReadScene extends Scene {
  /** The subject that was asked about, as whom it lived on then. */
  center: Subject;
  users: Subject[];
  /** People and accounts that were known to be one, by the one that stands for them. */
  same: Map<SubjectKey, Subject[]>;
  /** People and opportunities that were left out. */
  left: number;
}

/**
 * What was known around a subject at a time: of an account its people, opportunities and touches, of anything else those of
 * its account, or where it has none its own. Throws AppError('not_found') when it was not known then.
 */
export async function readScene(tx: TenantTx, asked: Subject, asOf: Instant): Promise<ReadScene> {
  const when: When = { asOf, view: 'as-learnt' };
  const [heirs, knownAsked] = await Promise.all([listHeirs(tx, [asked], when), listKnown(tx, [asked], when)]);
  const heir = heirs.get(subjectKey(asked));
  const center = heir ?? asked;
  const known = heir ? await listKnown(tx, [heir], when) : knownAsked;
  if (known.length === 0)
    throw new AppError('not_found', `Nothing is known about ${asked.object} ${asked.id} as of ${asOf}.`, {
      subject: asked,
    });
  const account = await accountOf(tx, center, when);
  const { people, deals, same } = await membersOf(tx, center, account, when);
  const shownPeople = people.slice(0, MOST_PEOPLE);
  const shownDeals = deals.slice(0, MOST_DEALS);
  const members = [...(account ? [account] : []), ...shownPeople, ...shownDeals];
  const [touches, values, named] = await Promise.all([
    readTouches(tx, members, when),
    readNewest(tx, members, when, isAsked),
    listLinks(tx, members, ['contacts', 'companies', 'deals'], when),
  ]);
  const present = new Set(members.map(subjectKey));
  const links = named.filter(({ to }) => present.has(subjectKey(to)));
  const scene: Scene = {
    asOf,
    account,
    people: shownPeople,
    deals: shownDeals,
    known: values,
    links,
    touches,
  };
  const users = usersOf(scene);
  const beside = await readUsers(tx, users, when);
  return {
    ...scene,
    known: new Map([...values, ...beside.known]),
    links: [...links, ...beside.links],
    center,
    users,
    same,
    left: people.length - shownPeople.length + (deals.length - shownDeals.length),
  };
}

/** People and opportunities of an account, or around a record that has none. */
async function membersOf(tx: TenantTx, center: Subject, account: Subject | null, when: When) {
  const objects = ['contacts', 'leads', 'deals'] as const;
  const around = await listNeighbours(tx, [account ?? center], objects, MOST_COUNTED, when);
  const near = [...(center.object === 'companies' ? [] : [center]), ...around.map(one => one.subject)];
  const deals = unique(near.filter(one => one.object === 'deals'));
  const ofDeals = await listNeighbours(tx, deals.slice(0, MOST_DEALS), ['contacts'], MOST_PEOPLE, when);
  const found = unique([...near, ...ofDeals.map(one => one.subject)].filter(isPerson));
  return { deals, ...(await foldSame(tx, account, found, when)) };
}

async function readTouches(tx: TenantTx, members: readonly Subject[], when: When): Promise<SceneTouch[]> {
  const found = await listTouches(
    tx,
    members.map(subject => ({ i: 0, subject })),
    when,
    {
      most: MOST_TOUCHES,
      text: TEXTS.whole,
      beyond: { wholeTexts: TEXTS.wholeTexts, text: TEXTS.beginning },
      since: toInstant(Date.parse(when.asOf) - TOUCHES_DAYS * DAY_MS),
    },
  );
  return (found.get(0) ?? []).map(({ touch, anchors }) => ({
    touch,
    about: anchors.flatMap(i => members[i] ?? []),
  }));
}

/** What is known of our users, and of their teams and managers. */
async function readUsers(tx: TenantTx, users: readonly Subject[], when: When) {
  const [known, links] = await Promise.all([
    readNewest(tx, users, when, isAsked),
    listLinks(tx, users, ['owners', 'teams'], when),
  ]);
  const teams = await listStates(tx, unique(links.map(link => link.to)), [], when);
  return { known: new Map([...teams, ...known]), links };
}

/** The account of anything, as of then: its company, else that of the first of its people. */
async function accountOf(tx: TenantTx, center: Subject, when: When): Promise<Subject | null> {
  if (center.object === 'companies') return center;
  const companyOf = async (one: Subject) =>
    (await listNeighbours(tx, [one], ['companies'], 1, when))[0]?.subject;
  const own = await companyOf(center);
  if (own || isPerson(center)) return own ?? null;
  const [first] = await listNeighbours(tx, [center], ['contacts'], 1, when);
  return first ? ((await companyOf(first.subject)) ?? null) : null;
}

/** Of people who are known to be one the first stands for all. */
async function foldSame(tx: TenantTx, account: Subject | null, people: readonly Subject[], when: When) {
  const all = await listSame(tx, [...(account ? [account] : []), ...people], when);
  const folded = new Set<SubjectKey>();
  const kept = people.filter(person => {
    if (folded.has(subjectKey(person))) return false;
    for (const other of all.get(subjectKey(person)) ?? []) folded.add(subjectKey(other));
    return true;
  });
  const stands = new Set([...kept, ...(account ? [account] : [])].map(subjectKey));
  return { people: kept, same: new Map([...all].filter(([key]) => stands.has(key))) };
}
