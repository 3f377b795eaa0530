import { between, daysOf, eventsReach } from '../engaged.ts';
import { rounded } from '../numbers.ts';
import type { Happened } from '../see.ts';
import { numberTold, wordsTold } from '../told.ts';
import type { FeatureDefinition, FeatureGroup } from '../types.ts';
import { ago, counted, times } from '../words.ts';

const KEY_ACTION =
  /invite|integrat|export|import|upgrade|publish|connect|purchase|checkout|subscri|deploy|api_key/i;

const isKeyAction = ({ interaction: { type, properties } }: Happened): boolean =>
  properties['key_action'] === true || KEY_ACTION.test(type.slice(0, 200));

/** What was used, by the sender's word for it; the type of the event where it has none. */
const usedIn = ({ interaction: { type, properties } }: Happened): string =>
  wordsTold(properties, ['feature', 'feature_name', 'module']) ?? type;

const spec = {
  kind: 'numeric',
  privacy: 'personal',
  sources: ['interactions.product'],
  uses: ['scoring', 'routing', 'drafting'],
} satisfies Partial<FeatureDefinition>;

const activeDays = (days: 7 | 28): FeatureDefinition => ({
  ...spec,
  name: `product_days_${days}d`,
  unit: 'days',
  meaning: `Days of the last ${days} on which the product was used, UTC`,
  monotone: 1,
  derive: seen => {
    const used = daysOf(between(seen.product, 0, days));
    const text = used.length
      ? `Used the product on ${counted(used.length, 'day')} of the last ${days}`
      : `Has not used the product in the last ${days} days`;
    return { value: used.length, text, evidence: seen.evidence(used) };
  },
});

export const usage: FeatureGroup = {
  name: 'product usage',
  features: [
    activeDays(7),
    activeDays(28),
    {
      ...spec,
      name: 'product_days_change_28d',
      unit: 'days more than in the 28 days before',
      meaning: 'Active days of the last 28 less those of the 28 before',
      sources: ['interactions.*'],
      derive: seen => {
        if (seen.product.length === 0)
          return { value: null, text: 'No use of the product is known', evidence: [] };
        if (eventsReach(seen) < 56)
          return { value: null, text: 'Too much activity to compare with the month before', evidence: [] };
        const [now, before] = [daysOf(between(seen.product, 0, 28)), daysOf(between(seen.product, 28, 56))];
        const change = now.length - before.length;
        const text =
          change === 0
            ? 'Uses the product as often as the month before'
            : `Used the product on ${counted(Math.abs(change), 'day')} ${change > 0 ? 'more' : 'fewer'} than the month before`;
        return { value: change, text, evidence: seen.evidence(change < 0 ? before : now) };
      },
    },
    {
      ...spec,
      name: 'product_features_28d',
      unit: 'parts of the product',
      meaning: 'Different parts of the product that were used in the last 28 days',
      monotone: 1,
      derive: seen => {
        const used = [...new Map(between(seen.product, 0, 28).map(one => [usedIn(one), one])).values()];
        const text = used.length
          ? `Used ${counted(used.length, 'part')} of the product in the last 28 days`
          : 'Used no part of the product in the last 28 days';
        return { value: used.length, text, evidence: seen.evidence(used) };
      },
    },
    {
      ...spec,
      name: 'product_days_since_use',
      unit: 'days',
      meaning: 'Days since the product was last used',
      monotone: -1,
      derive: seen => {
        const [last] = seen.product;
        if (!last) return { value: null, text: 'No use of the product is known', evidence: [] };
        const text = `Last used the product ${ago(last.days)}`;
        return { value: rounded(last.days), text, evidence: seen.evidence([last]) };
      },
    },
    {
      ...spec,
      name: 'product_key_actions_28d',
      unit: 'actions',
      meaning:
        'Steps of the last 28 days that tie a customer to the product: colleagues invited, data moved, systems connected, plans bought, or what the sender marks as key_action',
      monotone: 1,
      derive: seen => {
        const key = between(seen.product, 0, 28).filter(isKeyAction);
        const text = key.length
          ? `Took key steps in the product ${times(key.length)} in the last 28 days`
          : 'Took no key step in the product in the last 28 days';
        return { value: key.length, text, evidence: seen.evidence(key) };
      },
    },
    {
      ...spec,
      name: 'product_seats',
      unit: 'seats',
      meaning: 'Seats in use, as the newest event that says it',
      derive: seen => {
        const seatsOf = (one: Happened) =>
          numberTold(one.interaction.properties, ['seats', 'seats_used', 'active_users'], 0, 1e7);
        const newest = seen.product.find(one => seatsOf(one) !== null);
        const seats = newest ? seatsOf(newest) : null;
        if (!newest || seats === null)
          return { value: null, text: 'The number of seats is not known', evidence: [] };
        return { value: seats, text: `${counted(seats, 'seat')} in use`, evidence: seen.evidence([newest]) };
      },
    },
  ],
};
