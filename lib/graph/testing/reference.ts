import type { CrmRecord } from '#lib/core/record.ts';
import { subjectKey, type Subject } from '#lib/core/subject.ts';
import type { Instant } from '#lib/core/time.ts';

/** A version of a record, and when we learnt it. */
export interface Learnt {
  record: CrmRecord;
  learntAt: Instant;
}

const same = (a: Subject, b: Subject) => subjectKey(a) === subjectKey(b);

/** What a naive reader, who goes through all versions each time, says was known of a subject. */
export function knownThen(learnt: readonly Learnt[], subject: Subject, asOf: Instant) {
  const versions = learnt.filter(one => one.learntAt <= asOf).map(one => one.record);
  const newest = (of: Subject) => inOrder(versions.filter(one => same(one.ref, of))).at(-1);
  const own = newest(subject);
  if (!own) return undefined;
  const refs = [...new Map(versions.map(one => [subjectKey(one.ref), one.ref])).values()];
  const alive = refs.filter(of => newest(of)?.archived === false);
  const linksOf = (of: Subject) => linksThen(versions.filter(one => same(one.ref, of)));
  const related = (a: Subject, b: Subject) =>
    linksOf(a).some(to => same(to, b)) || linksOf(b).some(to => same(to, a));
  const near = (of: Subject, object: string) =>
    alive.filter(other => other.object === object && !same(other, of) && related(of, other));
  const contacts = near(subject, 'contacts');
  const [company] = near(subject, 'companies');
  const account =
    subject.object === 'companies'
      ? undefined
      : (company ??
        (subject.object === 'deals' && contacts[0] ? near(first(contacts), 'companies')[0] : undefined));
  const people = subject.object === 'contacts' && account ? near(account, 'contacts') : contacts;
  const deals = [...near(subject, 'deals'), ...(account ? near(account, 'deals') : [])];
  const anchors = subject.object === 'contacts' ? [subject] : [subject, ...contacts];
  const touches = alive.filter(
    one => one.object === 'emails' && anchors.some(anchor => related(one, anchor)),
  );
  return {
    values: Object.fromEntries(Object.entries(own.fields).filter(([, value]) => value !== null)),
    account: account?.id ?? null,
    deals: ids(deals, subject),
    people: ids(people, subject),
    touches: touches.map(one => `${subjectKey(one)}@${newest(one)?.version}`),
  };
}

const inOrder = (versions: readonly CrmRecord[]) =>
  versions.toSorted((a, b) => (a.updatedAt < b.updatedAt ? -1 : a.updatedAt > b.updatedAt ? 1 : 0));

const first = (subjects: readonly Subject[]): Subject =>
  subjects.toSorted((a, b) => (a.id < b.id ? -1 : 1))[0] as Subject;

const ids = (subjects: readonly Subject[], except: Subject): string[] =>
  [...new Set(subjects.filter(one => !same(one, except)).map(one => one.id))].toSorted();

/** Links of the newest version, taken in the order of learning: an archived one says nothing of links. */
function linksThen(versions: readonly CrmRecord[]): Subject[] {
  let newest: CrmRecord | undefined;
  let links: Subject[] = [];
  for (const version of versions) {
    if (newest && version.updatedAt < newest.updatedAt) continue;
    newest = version;
    if (!version.archived) links = version.links.map(link => link.to);
  }
  return links;
}

/** What the CRM's history of `stage`, as far as it was ever learnt, says of a moment. */
export function recordedThen(learnt: readonly Learnt[], subject: Subject, asOf: Instant): string | null {
  const moments = learnt
    .filter(one => same(one.record.ref, subject))
    .flatMap(one => one.record.history.filter(moment => moment.field === 'stage' && moment.at <= asOf));
  return moments.toSorted((a, b) => (a.at < b.at ? -1 : 1)).at(-1)?.value ?? null;
}
