import type { Facts } from '#lib/core/fact.ts';
import { AppError } from '#lib/core/errors.ts';
import type { CrmRecord } from '#lib/core/record.ts';
import { subjectKey, type CrmObject, type Subject, type SubjectKey } from '#lib/core/subject.ts';
import type { Instant } from '#lib/core/time.ts';
import type { TenantTx } from '#lib/platform/db.ts';
import { assembleFacts } from './assemble-facts.ts';
import { cleanRecord } from './clean-record.ts';
import { gatherAround, type View } from './gather-around.ts';
import { unseen, type KnownRecord, type Relation } from './known-record.ts';
import { learnRecord } from './learn-record.ts';
import { definitionOf, type PropertyDefinition } from './property-definition.ts';
import { listByEmail, listStandings, type Standing } from './store-addressees.ts';
import { saveInteractions, type NewInteraction } from './store-interactions.ts';
import { hasMarks, noticeSame } from './same/notice-same.ts';
import { loadKnown } from './store-load.ts';
import {
  saveEntities,
  saveFactSets,
  saveRelations,
  saveTouches,
  saveTouchTimes,
  type FactSet,
} from './store-save.ts';
import {
  countDistinctValues,
  findOwner,
  findOwners,
  listPeople,
  listPipelines,
  listProperties,
  listSubjects,
} from './store.ts';
import { touchOf, type TouchVersion } from './touch-of.ts';

export { earlierLivesOf, heirOf, heirsOf, livesOf } from './identity.ts';
export { listConcerned as concernedBy } from './store-concerned.ts';
export { listLive as liveAmong, listOnlyOurs as onlyOurs } from './store-live.ts';
export { listOverlaps as overlapsOf } from './store-overlaps.ts';
export { erase } from './store-erase.ts';
export { activitiesOf, held, isStillThere, ownMarks, recordsOf, valuesOf } from './store-person.ts';
export { noticeAllSame } from './same/notice-all.ts';
export { sayIdentity } from './same/say-same.ts';
export { samePeopleOf } from './same/same-people.ts';
export { rewind } from './rewind.ts';
export type { View } from './gather-around.ts';
export type { NewInteraction } from './store-interactions.ts';
export type { PropertyDefinition } from './property-definition.ts';

/** Records read at once: bounds what is held in memory, not what a caller may pass. */
const CHUNK = 1000;
const SUBJECTS_AT_ONCE = 500;
/** Of the account's own set-up (pipelines, properties) only the newest state matters. */
const HAVE_FACTS: ReadonlySet<string> = new Set(['contacts', 'companies', 'deals', 'leads', 'owners']);

/**
 * Brings versions of CRM records into the graph: entities and facts, or touches for activities, and relations.
 * The same version twice changes nothing; an older version that comes late leaves the newest state as it is and
 * takes its place in the past. A field that a version leaves out is unknown to it; null says that it is empty.
 */
export async function project(tx: TenantTx, records: readonly CrmRecord[], learntAt: Instant): Promise<void> {
  for (let from = 0; from < records.length; from += CHUNK)
    await projectChunk(tx, records.slice(from, from + CHUNK).map(cleanRecord), learntAt);
}

async function projectChunk(tx: TenantTx, records: CrmRecord[], learntAt: Instant): Promise<void> {
  const known = await loadKnown(tx, records);
  const sets: FactSet[] = [];
  const touches: TouchVersion[] = [];
  const again: Subject[] = [];
  const relations = new Map<string, Relation>();
  const renewed = new Map<SubjectKey, { ref: Subject; known: KnownRecord; was: KnownRecord['newest'] }>();
  for (const record of records) {
    const key = subjectKey(record.ref);
    const seen = known.get(key);
    const state = seen ?? unseen(record, learntAt);
    known.set(key, state);
    const was = renewed.get(key)?.was ?? state.newest;
    const touch = touchOf(record);
    const learnt = learnRecord(state, record, {
      learntAt,
      // An activity may be logged long after it took place.
      since: touch && touch.at < record.createdAt ? touch.at : record.createdAt,
      keepValues: HAVE_FACTS.has(record.ref.object),
    });
    for (const relation of learnt.relations)
      relations.set([key, subjectKey(relation.to), relation.kind, relation.learntAt].join('\n'), relation);
    if (touch && seen) again.push(record.ref);
    if (touch) touches.push(touch);
    else if (learnt.unread) {
      const { ref, version, updatedAt: recordAt } = record;
      sets.push({ ref, version, learntAt, recordAt, facts: learnt.facts });
    }
    if (!touch && learnt.renewed) renewed.set(key, { ref: record.ref, known: state, was });
  }
  await saveFactSets(tx, sets);
  await saveTouches(tx, touches, learntAt);
  await saveRelations(
    tx,
    [...relations.values()],
    new Map(touches.map(touch => [subjectKey(touch.ref), touch.at])),
  );
  await saveTouchTimes(tx, again);
  await saveEntities(tx, [...renewed.values()]);
  const fieldsOf = (state: KnownRecord['newest']) => (state === null || state.archived ? null : state.fields);
  await noticeSame(
    tx,
    [...renewed.values()]
      .filter(({ ref }) => hasMarks(ref))
      .map(({ ref, known: { newest }, was }) => ({
        subject: ref,
        before: fieldsOf(was),
        after: fieldsOf(newest),
      })),
    learntAt,
  );
}

/** Keeps events that were sent to us about records that are known; one whose id is there already changes nothing. */
export const keepInteractions = (
  tx: TenantTx,
  interactions: readonly NewInteraction[],
  learntAt: Instant,
): Promise<void> => saveInteractions(tx, interactions, learntAt);

/** What is known of each record now; those of which nothing is are left out. */
export const standingsOf = (tx: TenantTx, subjects: readonly Subject[]): Promise<Map<SubjectKey, Standing>> =>
  listStandings(tx, subjects);

/** Who has each of these e-mail addresses (lower case) now, by address. */
export const peopleByEmail = (tx: TenantTx, emails: readonly string[]): Promise<Map<string, Subject[]>> =>
  listByEmail(tx, emails);

/**
 * What was known about a subject at a time. `as-learnt`: what we had learnt by then. `as-recorded`: what the CRM's
 * own times say was so by then, for training on a history from before we were connected; there `learntAt` is the
 * CRM's time too. Throws AppError('not_found') when the subject was not known then.
 */
export async function factsAbout(
  tx: TenantTx,
  subject: Subject,
  asOf: Instant,
  view: View = 'as-learnt',
): Promise<Facts> {
  const [facts] = await factsAboutMany(tx, [subject], asOf, view);
  if (!facts)
    throw new AppError('not_found', `Nothing is known about ${subject.object} ${subject.id} as of ${asOf}.`, {
      subject,
    });
  return facts;
}

/** `factsAbout` for many, with about ten queries for each 500 subjects. Those not known at that time are left out. */
export async function factsAboutMany(
  tx: TenantTx,
  subjects: readonly Subject[],
  asOf: Instant,
  view: View = 'as-learnt',
): Promise<Facts[]> {
  const all: Facts[] = [];
  for (let from = 0; from < subjects.length; from += SUBJECTS_AT_ONCE) {
    const around = await gatherAround(tx, subjects.slice(from, from + SUBJECTS_AT_ONCE), { asOf, view });
    all.push(...assembleFacts(around, asOf));
  }
  return all;
}

/** Subjects of a kind that are not archived, in the order of their ids; `after` is the last of the page before. */
export const subjectsOf = (
  tx: TenantTx,
  object: CrmObject,
  page: { after: Subject | null; limit: number },
): Promise<Subject[]> => listSubjects(tx, object, page);

/** People who are not archived and live on as nobody else, in the order of kind and id; `after` as for `subjectsOf`. */
export const peopleOf = (tx: TenantTx, page: { after: Subject | null; limit: number }): Promise<Subject[]> =>
  listPeople(tx, page);

/**
 * The fields that people have in this account, with the number of different values that are known of each: a field of
 * contacts and leads that has one name is one field, as contacts have it.
 */
export async function propertyDefinitions(tx: TenantTx): Promise<PropertyDefinition[]> {
  const distinct = await countDistinctValues(tx);
  const all = (await listProperties(tx)).map(record => definitionOf(record, distinct));
  return [...new Map(all.toReversed().map(one => [one.name, one])).values()].sort((a, b) =>
    a.name < b.name ? -1 : a.name > b.name ? 1 : 0,
  );
}

/** The CRM's pipelines as they now are: id and fields, their stages among them as the CRM's reader wrote them. */
export const pipelines = (tx: TenantTx): Promise<{ ref: Subject; fields: Record<string, string | null> }[]> =>
  listPipelines(tx);

/** The owner of a record, or of the one as which it lives on, as it is now known; null: nobody, or not known. */
export const ownerOf = (tx: TenantTx, subject: Subject): Promise<string | null> => findOwner(tx, subject);

/** `ownerOf` for many; those that nobody owns are left out. */
export const ownersOf = (tx: TenantTx, subjects: readonly Subject[]): Promise<Map<SubjectKey, string>> =>
  findOwners(tx, subjects);
