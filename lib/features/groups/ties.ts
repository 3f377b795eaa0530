import type { Evidence } from '#lib/core/evidence.ts';
import type { GraphRelation } from '#lib/core/relation.ts';
import { rounded } from '../numbers.ts';
import { partsOf, tiesOf, wayToUs } from '../ties.ts';
import type { FeatureDefinition, FeatureGroup } from '../types.ts';
import { counted, oneLine } from '../words.ts';

/**
 * Never scoring: how strong a tie was at an earlier time cannot be told from how strong it is now, so that what was
 * learnt from closed leads would not be what is seen of open ones.
 */
const spec = {
  kind: 'numeric',
  privacy: 'personal',
  sources: ['relations'],
  uses: ['routing', 'drafting'],
} satisfies Partial<FeatureDefinition>;

const shows = (relations: readonly GraphRelation[]): Evidence[] =>
  relations.flatMap(({ evidence }) => evidence.slice(0, 1)).slice(0, 3);

const nameOf = ({ name }: { name: string }): string => oneLine(name, 40) || 'somebody';

export const ties: FeatureGroup = {
  name: 'relationship context',
  features: [
    {
      ...spec,
      name: 'tie_strongest',
      unit: 'strength from 0 to 1',
      meaning: 'How well the one of us who knows somebody there best knows them',
      derive: seen => {
        const [best] = seen.once(tiesOf);
        if (!best) return { value: 0, text: 'None of us is known to know anybody there', evidence: [] };
        const text = `${nameOf(best.ours)} knows ${nameOf(best.theirs)} best: ${oneLine(best.relation.why, 60)}`;
        return { value: rounded(best.strength), text, evidence: best.relation.evidence };
      },
    },
    {
      ...spec,
      name: 'our_people_tied',
      unit: 'people',
      meaning: 'How many of us know somebody there',
      derive: seen => {
        const firsts = [
          ...new Map(
            seen
              .once(tiesOf)
              .toReversed()
              .map(tie => [tie.ours.key, tie]),
          ).values(),
        ].toReversed();
        const text = firsts.length
          ? `${counted(firsts.length, 'colleague knows', 'colleagues know')} somebody there: ${firsts
              .slice(0, 3)
              .map(tie => nameOf(tie.ours))
              .join(', ')}`
          : 'None of us knows anybody there';
        return { value: firsts.length, text, evidence: shows(firsts.map(tie => tie.relation)) };
      },
    },
    {
      ...spec,
      name: 'their_people_tied',
      unit: 'people',
      meaning: 'How many people there one of us knows: more than one means that no single person can end it',
      derive: seen => {
        const firsts = [
          ...new Map(
            seen
              .once(tiesOf)
              .toReversed()
              .map(tie => [tie.theirs.key, tie]),
          ).values(),
        ].toReversed();
        const text = firsts.length
          ? `We are in touch with ${counted(firsts.length, 'person', 'people')} there`
          : 'We are in touch with nobody there';
        return { value: firsts.length, text, evidence: shows(firsts.map(tie => tie.relation)) };
      },
    },
    {
      ...spec,
      name: 'decider_known',
      unit: '1 when known',
      meaning: 'Somebody who decides is known',
      derive: seen => {
        const decider = seen.once(partsOf).find(({ relation }) => relation.kind === 'decides_for');
        if (!decider) return { value: 0, text: 'It is not known who decides', evidence: [] };
        const { person, relation } = decider;
        return {
          value: 1,
          text: `${nameOf(person)} decides: ${oneLine(relation.why, 80)}`,
          evidence: relation.evidence,
        };
      },
    },
    {
      ...spec,
      name: 'buying_parts_filled',
      unit: 'of 3 parts',
      meaning: 'Of who decides, who has influence and who is involved in the deal: how many are known',
      derive: seen => {
        const parts = [
          ...new Map(
            seen
              .once(partsOf)
              .toReversed()
              .map(one => [one.part, one]),
          ).values(),
        ].toReversed();
        const text = parts.length
          ? `Known there: ${parts.map(({ part, person }) => `who ${part} (${nameOf(person)})`).join(', ')}`
          : 'Nobody is known who plays a part in buying';
        return {
          value: parts.length,
          text: oneLine(text, 180),
          evidence: shows(parts.map(one => one.relation)),
        };
      },
    },
    {
      ...spec,
      name: 'steps_to_us',
      unit: 'steps',
      meaning: 'Over how many relations one of us is connected with the record; 1 is a direct tie',
      derive: seen => {
        const way = seen.once(wayToUs);
        const last = way?.at(-1);
        if (!way || !last)
          return { value: null, text: 'No way from one of us to them is known', evidence: [] };
        const ours = nameOf(last.from.kind === 'user' ? last.from : last.to);
        const text =
          way.length === 1
            ? `${ours} is in touch with them directly`
            : `${ours} can reach them over ${counted(way.length - 1, 'other step')}`;
        return { value: way.length, text, evidence: shows(way) };
      },
    },
  ],
};
