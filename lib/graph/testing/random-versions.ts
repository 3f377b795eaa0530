import * as fc from 'fast-check';
import type { CrmRecord, FieldMoment } from '#lib/core/record.ts';
import type { CrmObject, Subject } from '#lib/core/subject.ts';
import { toInstant, type Instant } from '#lib/core/time.ts';
import type { Learnt } from './reference.ts';

const day = (n: number): Instant => toInstant(Date.UTC(2026, 0, 1) + n * 86_400_000);
const ref = (object: CrmObject, id: string): Subject => ({ crm: 'hubspot', object, id });

/** Which links a record may have, as the CRM's reader asks for them. */
const MAY_LINK: Partial<Record<CrmObject, Subject[]>> = {
  contacts: [ref('companies', '1')],
  deals: [ref('contacts', '1'), ref('contacts', '2'), ref('companies', '1')],
  emails: [ref('contacts', '1'), ref('contacts', '2'), ref('deals', '1')],
};

const value = fc.constantFrom('a', 'b', 'c', null);

/** The successive versions of one record; the field `stage` comes with its whole history, `note` with none. */
const versionsOf = (subject: Subject): fc.Arbitrary<CrmRecord[]> =>
  fc
    .record({
      createdDay: fc.integer({ min: 0, max: 10 }),
      steps: fc.array(
        fc.record({
          wait: fc.integer({ min: 1, max: 8 }),
          stage: value,
          note: value,
          links: fc.subarray(MAY_LINK[subject.object] ?? []),
        }),
        { minLength: 1, maxLength: 4 },
      ),
      archivedAtLast: fc.integer({ min: 0, max: 5 }).map(n => n === 0),
    })
    .map(({ createdDay, steps, archivedAtLast }) => {
      const history: FieldMoment[] = [];
      let updated = createdDay;
      return steps.map((step, i): CrmRecord => {
        updated += step.wait;
        const before = history.at(-1)?.value ?? null;
        if (step.stage !== before)
          history.push({ field: 'stage', value: step.stage, at: day(updated), source: null });
        return {
          ref: subject,
          version: `v${i}`,
          createdAt: day(createdDay),
          updatedAt: day(updated),
          archived: archivedAtLast && i === steps.length - 1 && i > 0,
          fields: {
            name: `${subject.object} ${subject.id}`,
            stage: step.stage,
            note: step.note,
            hs_timestamp: day(createdDay),
          },
          history: [...history].toReversed(),
          links: step.links.map(to => ({ to, kind: 'plain' })),
        };
      });
    });

/** Some records' versions, learnt in any order, one a day. */
export const recordArbitrary: fc.Arbitrary<Learnt[]> = fc
  .tuple(
    versionsOf(ref('contacts', '1')),
    versionsOf(ref('contacts', '2')),
    versionsOf(ref('companies', '1')),
    versionsOf(ref('deals', '1')),
    versionsOf(ref('emails', '1')),
  )
  .map(records => records.flat())
  .chain(all => fc.shuffledSubarray(all, { minLength: all.length }))
  .map(all => all.map((record, i) => ({ record, learntAt: day(20 + i) })));
