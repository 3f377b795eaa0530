import type { Fact } from '#lib/core/fact.ts';
import { DAY_MS } from '#lib/core/time.ts';
import { openDealOf, type Deal } from '../deal.ts';
import { numberOf, rounded } from '../numbers.ts';
import { evidenceOf, type Visible } from '../see.ts';
import type { Derived, FactSource, FeatureDefinition, FeatureGroup } from '../types.ts';
import { counted, inFull, times } from '../words.ts';

/** Never scoring: that there is a deal at all is what a lead's score foretells. */
const uses: FeatureDefinition['uses'] = ['routing', 'drafting'];
const none: Derived = { value: null, text: 'No deal is open', evidence: [] };

const STATE: FactSource[] = ['fields.hs_is_closed', 'fields.dealstage', 'deals.*'];

const timeOf = (fact: Fact): number => {
  const text = fact.value?.trim() ?? '';
  return Date.parse(/^\d{10,14}$/.test(text) ? new Date(Number(text)).toISOString() : text);
};

/** Of the deal that is open: the subject itself, or the one at the account that changed last. */
const ofDeal = (
  spec: Pick<FeatureDefinition, 'name' | 'unit' | 'meaning' | 'sources'>,
  derive: (deal: Deal, seen: Visible) => Derived,
): FeatureDefinition => ({
  ...spec,
  kind: 'numeric',
  privacy: 'business',
  sources: [...STATE, ...spec.sources],
  uses,
  derive: seen => {
    const deal = seen.once(openDealOf);
    return deal ? derive(deal, seen) : none;
  },
});

/** Of a deal's own page, where the earlier values are known; `field` is the one whose history it reads. */
const ofHistory = (
  field: 'dealstage' | 'closedate' | 'amount',
  spec: Pick<FeatureDefinition, 'name' | 'kind' | 'unit' | 'meaning'>,
  derive: (history: Fact[]) => Derived,
): FeatureDefinition => ({
  ...spec,
  about: ['deal'],
  privacy: 'business',
  sources: [`fields.${field}`],
  uses,
  derive: seen => derive(seen.history(field).filter(fact => fact.value?.trim())),
});

const latest = (history: readonly Fact[]): Derived['evidence'] =>
  evidenceOf(...history.toReversed().slice(0, 3));

/** Each value with the one before it. */
const moves = (history: readonly Fact[]): [before: Fact, after: Fact][] =>
  history.slice(1).flatMap((after, i) => (history[i] ? [[history[i], after]] : []));

export const dealHistory: FeatureGroup = {
  name: 'deal history',
  features: [
    ofDeal(
      {
        name: 'deal_stage_days',
        unit: 'days',
        meaning: 'Days since the open deal came into its stage',
        sources: [],
      },
      ({ field }, { asOf }) => {
        const stage = field('dealstage');
        const days = stage ? (asOf - Date.parse(stage.at)) / DAY_MS : Number.NaN;
        if (Number.isNaN(days))
          return { value: null, text: 'The stage of the deal is not known', evidence: [] };
        const text = `The deal has been in its stage for ${counted(Math.floor(days), 'day')}`;
        return { value: rounded(days), text, evidence: evidenceOf(stage) };
      },
    ),
    ofDeal(
      {
        name: 'deal_days_to_close',
        unit: 'days, negative when it is over',
        meaning: 'Days until the close date of the open deal',
        sources: ['fields.closedate'],
      },
      ({ field }, { asOf }) => {
        const close = field('closedate');
        const days = close ? (timeOf(close) - asOf) / DAY_MS : Number.NaN;
        if (Number.isNaN(days)) return { value: null, text: 'The deal has no close date', evidence: [] };
        const whole = counted(Math.floor(Math.abs(days)), 'day');
        const text =
          days < 0 ? `The close date of the deal passed ${whole} ago` : `The deal is to close in ${whole}`;
        return { value: rounded(days), text, evidence: evidenceOf(close) };
      },
    ),
    ofDeal(
      {
        name: 'deal_amount_log10',
        unit: "log10 of the deal's currency, major units",
        meaning: 'How much the open deal is worth',
        sources: ['fields.amount'],
      },
      ({ field }) => {
        const amount = field('amount');
        const value = numberOf(amount);
        if (value === null || value <= 0)
          return { value: null, text: 'The amount of the deal is not known', evidence: evidenceOf(amount) };
        const text = `The deal is worth ${inFull(value)}`;
        return { value: rounded(Math.log10(value)), text, evidence: evidenceOf(amount) };
      },
    ),
    ofHistory(
      'dealstage',
      {
        name: 'deal_stage_moves',
        kind: 'numeric',
        unit: 'moves',
        meaning: 'How often the deal moved from one stage to another',
      },
      history => {
        const count = Math.max(0, history.length - 1);
        const text = count
          ? `The deal moved ${times(count)} between stages`
          : 'The deal has not moved between stages';
        return { value: count, text, evidence: latest(history) };
      },
    ),
    ofHistory(
      'dealstage',
      {
        name: 'deal_regressions',
        kind: 'numeric',
        unit: 'moves',
        meaning: 'How often the deal went back to a stage in which it had been',
      },
      history => {
        const firstSeen = (fact: Fact) => history.findIndex(one => one.value === fact.value);
        const back = moves(history).flatMap(([before, after]) =>
          firstSeen(after) < firstSeen(before) ? [after] : [],
        );
        const text = back.length
          ? `The deal went back to an earlier stage ${times(back.length)}`
          : 'The deal has never gone back to an earlier stage';
        return { value: back.length, text, evidence: latest(back) };
      },
    ),
    ofHistory(
      'closedate',
      {
        name: 'deal_close_pushes',
        kind: 'numeric',
        unit: 'moves',
        meaning: 'How often the close date was moved to a later day',
      },
      history => {
        const pushes = moves(history).filter(([before, after]) => timeOf(after) - timeOf(before) >= DAY_MS);
        const text = pushes.length
          ? `The close date was pushed back ${times(pushes.length)}`
          : 'The close date was never pushed back';
        return { value: pushes.length, text, evidence: latest(pushes.map(([, after]) => after)) };
      },
    ),
    ofHistory(
      'closedate',
      {
        name: 'deal_close_slip_days',
        kind: 'numeric',
        unit: 'days',
        meaning: 'How much later the close date is than the first that was set',
      },
      history => {
        const [first, last] = [history[0], history.at(-1)];
        const days = first && last ? (timeOf(last) - timeOf(first)) / DAY_MS : Number.NaN;
        if (Number.isNaN(days)) return { value: null, text: 'The deal has no close date', evidence: [] };
        const whole = counted(Math.round(Math.abs(days)), 'day');
        const text =
          Math.abs(days) < 1
            ? 'The close date is the first that was set'
            : `The close date is ${whole} ${days > 0 ? 'later' : 'earlier'} than at first`;
        return { value: rounded(days), text, evidence: latest(history) };
      },
    ),
    ofHistory(
      'amount',
      {
        name: 'deal_amount_changes',
        kind: 'numeric',
        unit: 'changes',
        meaning: 'How often the amount of the deal was changed',
      },
      history => {
        const changes = moves(history).filter(([before, after]) => numberOf(before) !== numberOf(after));
        const text = changes.length
          ? `The amount was changed ${times(changes.length)}`
          : 'The amount has not been changed';
        return { value: changes.length, text, evidence: latest(changes.map(([, after]) => after)) };
      },
    ),
    ofHistory(
      'amount',
      {
        name: 'deal_amount_growth',
        kind: 'numeric',
        unit: 'share of the first amount',
        meaning: 'How much more the deal is worth than at first; negative when less',
      },
      history => {
        const amounts = history.flatMap(fact => numberOf(fact) ?? []).filter(amount => amount > 0);
        const [first, last] = [amounts[0], amounts.at(-1)];
        if (first === undefined || last === undefined)
          return { value: null, text: 'The amount of the deal is not known', evidence: [] };
        const growth = last / first - 1;
        const text =
          Math.abs(growth) < 0.005
            ? 'The amount is what it was at first'
            : `The amount ${growth > 0 ? 'grew' : 'shrank'} by ${(100 * Math.abs(growth)).toPrecision(2)} % since the first`;
        return { value: rounded(growth), text, evidence: latest(history) };
      },
    ),
  ],
};
