import type { FeatureGroup } from '../types.ts';
import type { Seen } from '../see.ts';
import { isOn, wasConnected, wasHeld, wasMissed } from '../statuses.ts';
import { counted, times } from '../words.ts';

const DAYS = 60;

const recent = (seen: Seen[], was: (seen: Seen) => boolean) =>
  seen.filter(one => one.days <= DAYS && was(one));

export const conversations: FeatureGroup = {
  name: 'conversations',
  features: [
    {
      name: 'meetings_held_60d',
      kind: 'numeric',
      unit: 'meetings',
      meaning: 'Meetings that took place in the last 60 days',
      privacy: 'personal',
      sources: ['touches.meeting'],
      uses: ['scoring', 'routing', 'drafting'],
      monotone: 1,
      derive: seen => {
        const held = recent(seen.meetings, wasHeld);
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
      sources: ['touches.meeting'],
      uses: ['scoring', 'drafting'],
      monotone: -1,
      derive: seen => {
        const missed = recent(seen.meetings, wasMissed);
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
      sources: ['touches.meeting'],
      uses: ['scoring', 'routing', 'drafting'],
      monotone: 1,
      derive: seen => {
        const ahead = seen.upcoming.filter(isOn);
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
      sources: ['touches.call'],
      uses: ['scoring', 'routing', 'drafting'],
      monotone: 1,
      derive: seen => {
        const reached = recent(seen.calls, wasConnected);
        const text = reached.length
          ? `Spoke with us on the phone ${times(reached.length)} in the last ${DAYS} days`
          : `Not reached by phone in the last ${DAYS} days`;
        return { value: reached.length, text, evidence: seen.evidence(reached) };
      },
    },
  ],
};
