import * as fc from 'fast-check';
import { becameKind, type CrmRecord } from '#lib/core/record.ts';
import { subjectKey, type CrmObject, type Subject } from '#lib/core/subject.ts';
import { toInstant, type Instant } from '#lib/core/time.ts';
import type { Learnt } from './reference.ts';

export const day = (n: number): Instant => toInstant(Date.UTC(2026, 0, 1) + n * 86_400_000);
export const ref = (object: CrmObject, id: string): Subject => ({ crm: 'salesforce', object, id });

/** People of two kinds who may become each other in any way, circles among them. */
export const people = [ref('leads', '1'), ref('contacts', '1'), ref('contacts', '2'), ref('contacts', '3')];
const contacts = people.filter(one => one.object === 'contacts');

/** Versions of a person: now and then merged into another, and now and then themselves again. */
const versionsOf = (subject: Subject): fc.Arbitrary<CrmRecord[]> =>
  fc
    .array(
      fc.record({
        into: fc.option(fc.constantFrom(...contacts.filter(one => subjectKey(one) !== subjectKey(subject)))),
        phone: fc.constantFrom('1', '2', undefined),
      }),
      { minLength: 1, maxLength: 4 },
    )
    .map(steps =>
      steps.map(({ into, phone }, i) => ({
        ref: subject,
        version: `v${i}`,
        createdAt: day(0),
        updatedAt: day(1 + i),
        archived: into !== null,
        fields: phone === undefined ? {} : { phone },
        history: [],
        links: into ? [{ to: into, kind: becameKind }] : [],
      })),
    );

const emailTo = (subject: Subject): CrmRecord => ({
  ref: ref('emails', `${subject.object} ${subject.id}`),
  version: 'v0',
  createdAt: day(0),
  updatedAt: day(0),
  archived: false,
  fields: { hs_timestamp: day(0) },
  history: [],
  links: [{ to: subject, kind: 'plain' }],
});

/** An e-mail to each person, and the people's versions in any order of learning, one a day from day 20. */
export const mergesArbitrary: fc.Arbitrary<Learnt[]> = fc
  .tuple(...people.map(versionsOf))
  .map(all => [...all.flat(), ...people.map(emailTo)])
  .chain(all => fc.shuffledSubarray(all, { minLength: all.length }))
  .map(all => all.map((record, i) => ({ record, learntAt: day(20 + i) })));

/** What a naive reader says each person was by then: whoever reaches them by what the newest versions became. */
export function livesThen(learnt: readonly Learnt[], asOf: Instant): (subject: Subject) => Subject[] {
  const newest = new Map<string, CrmRecord>();
  for (const { record, learntAt } of learnt)
    if (learntAt <= asOf && record.updatedAt >= (newest.get(subjectKey(record.ref))?.updatedAt ?? ''))
      newest.set(subjectKey(record.ref), record);
  const became = (subject: Subject) => newest.get(subjectKey(subject))?.links[0]?.to;
  const reaches = (from: Subject, to: Subject, steps = people.length): boolean => {
    if (subjectKey(from) === subjectKey(to)) return true;
    const next = became(from);
    return next !== undefined && steps > 0 && reaches(next, to, steps - 1);
  };
  return subject => people.filter(one => reaches(one, subject));
}
