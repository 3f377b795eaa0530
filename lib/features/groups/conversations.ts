import type { FeatureGroup } from '../types.ts';
import { rounded } from '../numbers.ts';
import type { Seen } from '../see.ts';
import { counted, times } from '../words.ts';

const HALF_LIFE_DAYS = 14;
const DAYS = 60;

const HELD = new Set(['COMPLETED', 'HELD']);
const MISSED = new Set(['NO_SHOW', 'NO SHOW', 'NOSHOW']);
const CONNECTED = new Set(['CONNECTED', 'COMPLETED']);

const recent = (seen: Seen[], statuses: Set<string>) =>
  seen.filter(({ touch, days }) => days <= DAYS && statuses.has(touch.status.toUpperCase()));

export const conversations: FeatureGroup = {
  name: 'conversations',
  features: [
    {
      name: 'engagement_decayed',
      kind: 'numeric',
      unit: 'e-mails, each counting half after 14 days',
      meaning:
        'How much the person has engaged lately: an e-mail counts 1, a call 1.5, a meeting 2, halved every 14 days',
      privacy: 'personal',
      uses: ['scoring', 'routing', 'drafting'],
      monotone: 1,
      derive: seen => {
        const weighed = [
          ...seen.emailsIn.map(one => ({ one, weight: 1 })),
          ...seen.calls
            .filter(one => CONNECTED.has(one.touch.status.toUpperCase()))
            .map(one => ({ one, weight: 1.5 })),
          ...seen.meetings
            .filter(one => HELD.has(one.touch.status.toUpperCase()))
            .map(one => ({ one, weight: 2 })),
        ].sort((a, b) => b.one.at - a.one.at);
        const sum = weighed.reduce(
          (sum, { one, weight }) => sum + weight * 0.5 ** (one.days / HALF_LIFE_DAYS),
          0,
        );
        const text =
          sum >= 3
            ? 'Very engaged in the last weeks'
            : sum >= 1
              ? 'Engaged in the last weeks'
              : sum >= 0.1
                ? 'Little engagement lately'
                : 'No engagement lately';
        const evidence = seen.evidence(sum >= 0.1 ? weighed.map(({ one }) => one) : []);
        return { value: rounded(sum), text, evidence };
      },
    },
    {
      name: 'meetings_held_60d',
      kind: 'numeric',
      unit: 'meetings',
      meaning: 'Meetings that took place in the last 60 days',
      privacy: 'personal',
      uses: ['scoring', 'routing', 'drafting'],
      monotone: 1,
      derive: seen => {
        const held = recent(seen.meetings, HELD);
        const text = held.length
          ? `Met us ${times(held.length)} in the last ${DAYS} days`
          : `No meeting in the last ${DAYS} days`;
        return { value: held.length, text, evidence: seen.evidence(held) };
      },
    },
    {
      name: 'meetings_missed_60d',
      kind: 'numeric',
      unit: 'meetings',
      meaning: 'Meetings of the last 60 days to which the person did not come',
      privacy: 'personal',
      uses: ['scoring', 'drafting'],
      monotone: -1,
      derive: seen => {
        const missed = recent(seen.meetings, MISSED);
        const text = missed.length
          ? `Did not come to ${counted(missed.length, 'meeting')}`
          : 'Has not missed a meeting lately';
        return { value: missed.length, text, evidence: seen.evidence(missed) };
      },
    },
    {
      name: 'meeting_ahead',
      kind: 'numeric',
      unit: 'meetings',
      meaning: 'Meetings in the calendar that lie ahead',
      privacy: 'personal',
      uses: ['scoring', 'routing', 'drafting'],
      monotone: 1,
      derive: seen => {
        const ahead = seen.upcoming.filter(({ touch }) => !touch.status.toUpperCase().startsWith('CANCEL'));
        const text = ahead.length
          ? `${counted(ahead.length, 'meeting')} in the calendar`
          : 'No meeting in the calendar';
        return { value: ahead.length, text, evidence: seen.evidence(ahead) };
      },
    },
    {
      name: 'calls_connected_60d',
      kind: 'numeric',
      unit: 'calls',
      meaning: 'Calls of the last 60 days in which somebody was reached',
      privacy: 'personal',
      uses: ['scoring', 'routing', 'drafting'],
      monotone: 1,
      derive: seen => {
        const reached = recent(seen.calls, CONNECTED);
        const text = reached.length
          ? `Spoke with us on the phone ${times(reached.length)} in the last ${DAYS} days`
          : `Not reached by phone in the last ${DAYS} days`;
        return { value: reached.length, text, evidence: seen.evidence(reached) };
      },
    },
  ],
};
