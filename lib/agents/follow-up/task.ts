import type { Claim } from '#lib/core/evidence.ts';
import type { Proposal, TaskChange } from '#lib/core/proposal.ts';
import { toInstant } from '#lib/core/time.ts';
import type { FollowUpInput } from '../input.ts';
import type { Brief } from './brief.ts';
import type { FollowUpForm } from './prompt.ts';
import type { Scene } from './scene.ts';
import type { Situation, SituationKind } from './situation.ts';

/** What only a person can add before it goes out. */
const checks: Partial<Record<SituationKind, string>> = {
  'pricing-asked': 'No price stands in the draft: add the figures if you have them.',
  'question-asked': 'Add the answer to the draft if you know it.',
  'demo-asked': 'Check your calendar for the days that are offered.',
  complaint: 'Call before anything is written.',
};

type Made = {
  input: FollowUpInput;
  scene: Scene;
  situation: Situation;
  brief: Brief;
  form: FollowUpForm;
  sendAt: Date;
  timezone: Proposal['timezone'];
  why: Claim[];
};

function moment({ sendAt, timezone, input }: Made): string {
  const zone = timezone?.name ?? input.settings.timezone;
  const text = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    hour: '2-digit',
    minute: '2-digit',
  }).format(sendAt);
  return timezone
    ? `Best time: ${text} for them (${timezone.name}, known by ${timezone.from}).`
    : `Best time: ${text} in your zone (${zone}); theirs is unknown, please check.`;
}

/**
 * The one change that the agent wants: a task for the owner of the record. Subject, channel, time and owner come from
 * the plan; a model's words stand in the draft (or, for a call, below the reasons) and nowhere else.
 */
export function taskOf(made: Made): TaskChange {
  const { input, scene, situation, brief, form } = made;
  const who =
    scene.facts.subject.object === 'deals' && scene.fullName && scene.label !== scene.fullName
      ? `${scene.fullName} (${scene.label})`
      : scene.label;
  const verb = situation.channel === 'call' ? 'Call' : 'Follow up with';
  const reasons = situation.why.map(claim => claim.text);
  const check = checks[situation.kind];
  const lines = [
    ...reasons,
    moment(made),
    ...(check && (situation.kind === 'complaint') === (situation.channel === 'call') ? [check] : []),
  ];
  const call = brief.channel === 'call';
  return {
    id: input.newId('chg'),
    subject: scene.facts.subject,
    kind: 'task',
    channel: situation.channel,
    title: `${verb} ${who}: ${situation.purpose}`.slice(0, 200),
    body: (call ? [...lines, '', form.body] : lines).join('\n').slice(0, 4000),
    draft: call ? null : { subject: form.subject.trim() || `Re: ${situation.purpose}`, body: form.body },
    dueAt: toInstant(made.sendAt),
    ownerId: scene.facts.owner?.id ?? null,
  };
}
