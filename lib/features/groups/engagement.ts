import { between, conversationsOf, engagedOf, eventsReach, touchesReach, type Engaged } from '../engaged.ts';
import { median, rounded } from '../numbers.ts';
import { ourReplies, theirReplies } from '../replies.ts';
import type { Visible } from '../see.ts';
import { wasConnected } from '../statuses.ts';
import type { FactSource, FeatureDefinition, FeatureGroup } from '../types.ts';
import { ago, counted, lasting, times } from '../words.ts';

const TALK: FactSource[] = ['touches.email', 'touches.call', 'touches.meeting'];
const ALL: FactSource[] = [...TALK, 'interactions.*'];

const level = (sum: number): string => {
  if (sum >= 3) return 'Very engaged';
  return sum >= 1 ? 'Engaged' : sum >= 0.1 ? 'Little engagement' : 'No engagement';
};

/** The sum of what was done, each halved for every half-life that has passed since. */
const decayed = (
  name: string,
  halfLife: number,
  {
    of,
    counts,
    when,
    sources,
  }: { of: (seen: Visible) => Engaged[]; counts: string; when: string; sources: FactSource[] },
): FeatureDefinition => ({
  name,
  kind: 'numeric',
  unit: `e-mails, each counting half after ${halfLife} days`,
  meaning: `How much the person has engaged lately: ${counts}, halved every ${halfLife} days`,
  privacy: 'personal',
  sources,
  uses: ['scoring', 'routing', 'drafting'],
  monotone: 1,
  derive: seen => {
    const done = seen.once(of);
    const sum = done.reduce((sum, { days, weight }) => sum + weight * 0.5 ** (days / halfLife), 0);
    const shown = sum >= 0.1 ? done.map(({ one }) => one) : [];
    return { value: rounded(sum), text: `${level(sum)} ${when}`, evidence: seen.evidence(shown) };
  },
});

const everything = {
  of: engagedOf,
  counts:
    'as for conversations, with a form at 1.5, a click, an event or a day in the product at 0.5, a page at 0.1',
  sources: ALL,
};

export const engagement: FeatureGroup = {
  name: 'engagement',
  features: [
    decayed('engagement_decayed', 14, {
      of: conversationsOf,
      counts: 'an e-mail counts 1, a call 1.5, a meeting 2',
      when: 'in the last weeks',
      sources: TALK,
    }),
    decayed('activity_decayed_7d', 7, {
      ...everything,
      when: 'in the last days, pages and product included',
    }),
    decayed('activity_decayed_30d', 30, {
      ...everything,
      when: 'in the last months, pages and product included',
    }),
    {
      name: 'days_since_engaged',
      kind: 'numeric',
      unit: 'days',
      meaning: 'Days since the person last wrote, spoke, met us, used our pages or the product',
      privacy: 'personal',
      sources: ALL,
      uses: ['scoring', 'routing', 'drafting'],
      monotone: -1,
      derive: seen => {
        const [last] = seen.once(engagedOf);
        if (!last) return { value: null, text: 'Has not been active with us yet', evidence: [] };
        const text = `Last active with us ${ago(last.days)}`;
        return { value: rounded(last.days), text, evidence: seen.evidence([last.one]) };
      },
    },
    {
      name: 'active_days_30d',
      kind: 'numeric',
      unit: 'days',
      meaning: 'Different days of the last 30, UTC, on which the person did something with us',
      privacy: 'personal',
      sources: ALL,
      uses: ['scoring', 'routing', 'drafting'],
      monotone: 1,
      derive: seen => {
        const done = between(seen.once(engagedOf), 0, 30);
        const days = new Set(done.map(({ at }) => Math.floor(at / 86_400_000))).size;
        const text = days
          ? `Active with us on ${counted(days, 'day')} of the last 30`
          : 'Not active with us in the last 30 days';
        return { value: days, text, evidence: seen.evidence(done.map(({ one }) => one)) };
      },
    },
    {
      name: 'activity_trend_14d',
      kind: 'numeric',
      unit: 'e-mails more than in the 14 days before',
      meaning:
        'Activity of the last 14 days less that of the 14 days before, weighed as in activity_decayed_7d',
      privacy: 'personal',
      sources: [...ALL, 'touches.*'],
      uses: ['scoring', 'routing', 'drafting'],
      derive: seen => {
        if (Math.min(eventsReach(seen), touchesReach(seen)) < 28)
          return { value: null, text: 'Too much activity to compare with the weeks before', evidence: [] };
        const done = seen.once(engagedOf);
        const [now, before] = [between(done, 0, 14), between(done, 14, 28)];
        const sum = (some: Engaged[]) => some.reduce((sum, { weight }) => sum + weight, 0);
        const change = sum(now) - sum(before);
        const text =
          change >= 0.5
            ? 'More active in the last 14 days than in the 14 before'
            : change <= -0.5
              ? 'Less active in the last 14 days than in the 14 before'
              : 'About as active as in the 14 days before';
        const shown = (change < 0 ? before : now).map(({ one }) => one);
        return { value: rounded(change), text, evidence: seen.evidence(shown) };
      },
    },
    {
      name: 'replies_90d',
      kind: 'numeric',
      unit: 'e-mails',
      meaning: 'E-mails of the last 90 days in which the person answered one of ours',
      privacy: 'personal',
      sources: ['touches.email'],
      uses: ['scoring', 'routing', 'drafting'],
      monotone: 1,
      derive: seen => {
        const replies = seen.once(theirReplies);
        const text = replies.length
          ? `Answered us ${times(replies.length)} in the last 90 days`
          : 'Has not answered us in the last 90 days';
        return { value: replies.length, text, evidence: seen.evidence(replies.map(({ reply }) => reply)) };
      },
    },
    {
      name: 'our_reply_hours_median',
      kind: 'numeric',
      unit: 'hours',
      meaning: 'Median time that we took to answer the person, over the last 90 days',
      privacy: 'business',
      sources: ['touches.email'],
      uses: ['routing', 'drafting'],
      derive: seen => {
        const replies = seen.once(ourReplies);
        if (replies.length === 0)
          return {
            value: null,
            text: 'We have answered no e-mail of theirs in the last 90 days',
            evidence: [],
          };
        const hours = median(replies.map(reply => reply.hours));
        const evidence = seen.evidence(replies.map(({ reply }) => reply));
        return { value: rounded(hours), text: `We usually answer them within ${lasting(hours)}`, evidence };
      },
    },
    {
      name: 'direction_balance_90d',
      kind: 'numeric',
      unit: '-1 (only we) to 1 (only they)',
      meaning: 'Who wrote and called more in the last 90 days: theirs less ours, over both',
      privacy: 'personal',
      sources: ['touches.email', 'touches.call'],
      uses: ['scoring', 'routing', 'drafting'],
      derive: seen => {
        const recent = <T extends { days: number }>(all: T[]) => all.filter(one => one.days <= 90);
        const calls = recent(seen.calls).filter(wasConnected);
        const isIn = (one: (typeof calls)[number]) => one.touch.direction === 'in';
        const theirs = [...recent(seen.emailsIn), ...calls.filter(isIn)];
        const ours = [...recent(seen.emailsOut), ...recent(seen.calls).filter(one => !isIn(one))];
        const sum = theirs.length + ours.length;
        if (sum === 0) return { value: null, text: 'No e-mails or calls in the last 90 days', evidence: [] };
        const text = `In the last 90 days they wrote or called ${times(theirs.length)}, we ${times(ours.length)}`;
        const evidence = seen.evidence(theirs.length > ours.length ? theirs : ours);
        return { value: rounded((theirs.length - ours.length) / sum), text, evidence };
      },
    },
  ],
};
