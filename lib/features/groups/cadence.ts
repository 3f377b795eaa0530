import { conversationsOf } from '../engaged.ts';
import { rounded } from '../numbers.ts';
import type { Seen, Visible } from '../see.ts';
import { isDone, isOn } from '../statuses.ts';
import type { FactSource, FeatureGroup } from '../types.ts';
import { ago, ahead, counted, times } from '../words.ts';

const OURS: FactSource[] = ['touches.email', 'touches.call'];

/** Our e-mails and calls of the last 90 days, newest first. */
const oursOf = ({ emailsOut, calls }: Visible): Seen[] =>
  [...emailsOut, ...calls.filter(({ touch }) => touch.direction !== 'in')]
    .filter(({ days }) => days <= 90)
    .sort((a, b) => b.at - a.at);

/** What is to be done or held next, the soonest first. */
const nextOf = ({ upcoming, planned }: Visible): Seen[] =>
  [...upcoming.filter(isOn), ...planned.filter(task => !isDone(task))].sort((a, b) => a.at - b.at);

export const cadence: FeatureGroup = {
  name: 'cadence',
  features: [
    {
      name: 'touches_since_reply',
      kind: 'numeric',
      unit: 'e-mails and calls',
      meaning: 'Our e-mails and calls of the last 90 days since the person last wrote, spoke or met us',
      privacy: 'business',
      sources: [...OURS, 'touches.meeting'],
      uses: ['scoring', 'routing', 'drafting'],
      derive: seen => {
        const [last] = seen.once(conversationsOf);
        const ours = seen.once(oursOf).filter(({ at }) => at > (last?.at ?? Number.NEGATIVE_INFINITY));
        const text = ours.length
          ? `We tried ${times(ours.length)} since they last answered`
          : 'No try of ours waits for an answer';
        return { value: ours.length, text, evidence: seen.evidence(ours) };
      },
    },
    {
      name: 'days_since_our_touch',
      kind: 'numeric',
      unit: 'days',
      meaning: 'Days since our last e-mail or call, of the last 90 days',
      privacy: 'business',
      sources: OURS,
      uses: ['scoring', 'routing', 'drafting'],
      derive: seen => {
        const [last] = seen.once(oursOf);
        if (!last)
          return { value: null, text: 'We have not written or called in the last 90 days', evidence: [] };
        const text = `We last wrote or called ${ago(last.days)}`;
        return { value: rounded(last.days), text, evidence: seen.evidence([last]) };
      },
    },
    {
      name: 'our_touches_7d',
      kind: 'numeric',
      unit: 'e-mails and calls',
      meaning: 'Our e-mails and calls of the last 7 days',
      privacy: 'business',
      sources: OURS,
      uses: ['scoring', 'routing', 'drafting'],
      derive: seen => {
        const ours = seen.once(oursOf).filter(({ days }) => days <= 7);
        const text = ours.length
          ? `We wrote or called ${times(ours.length)} in the last 7 days`
          : 'We have not written or called in the last 7 days';
        return { value: ours.length, text, evidence: seen.evidence(ours) };
      },
    },
    {
      name: 'channel_mix_90d',
      kind: 'categorical',
      unit: 'category',
      meaning: 'By which channels we reached out in the last 90 days',
      privacy: 'business',
      sources: OURS,
      uses: ['scoring', 'routing', 'drafting'],
      derive: seen => {
        const ours = seen.once(oursOf);
        const mails = ours.filter(({ touch }) => touch.channel === 'email').length;
        const calls = ours.length - mails;
        if (ours.length === 0)
          return { value: 'none', text: 'We have not reached out in the last 90 days', evidence: [] };
        const value = mails === 0 ? 'phone only' : calls === 0 ? 'e-mail only' : 'e-mail and phone';
        const text = `In the last 90 days we reached out by ${counted(mails, 'e-mail')} and ${counted(calls, 'call')}`;
        return { value, text, evidence: seen.evidence(ours) };
      },
    },
    {
      name: 'days_to_next_step',
      kind: 'numeric',
      unit: 'days',
      meaning: 'Days until the next meeting or task that is planned',
      privacy: 'business',
      sources: ['touches.meeting', 'touches.task'],
      uses: ['routing', 'drafting'],
      derive: seen => {
        const [next] = nextOf(seen);
        if (!next) return { value: null, text: 'No next step is planned', evidence: [] };
        const text = `Next ${next.touch.channel} ${ahead(-next.days)}`;
        return { value: rounded(-next.days), text, evidence: seen.evidence([next]) };
      },
    },
    {
      name: 'tasks_overdue',
      kind: 'numeric',
      unit: 'tasks',
      meaning: 'Tasks of the last 90 days that are due and not done',
      privacy: 'business',
      sources: ['touches.task'],
      uses: ['routing', 'drafting'],
      derive: seen => {
        const due = seen.past.filter(one => one.touch.channel === 'task' && one.days <= 90 && !isDone(one));
        const text = due.length ? `${counted(due.length, 'task')} overdue` : 'No task is overdue';
        return { value: due.length, text, evidence: seen.evidence(due) };
      },
    },
  ],
};
