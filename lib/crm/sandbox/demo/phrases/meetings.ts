import type { Voice } from '#lib/crm/sandbox/demo/voice.ts';

export const meetingTitle = (v: Voice): string =>
  v.say([
    s => `${s.pain.module} for ${s.company}`,
    s => `Halvern and ${s.company}: ${s.pain.topic}`,
    s => `Demo with ${s.vehicles} ${s.fleet} (${s.company})`,
    s => `${s.company}: ${s.question.topic}`,
  ]);

export const agenda = (v: Voice): string =>
  [
    v.say([
      s => `How ${s.siteCount} work today`,
      s => `What is behind ${s.pain.topic}`,
      s => `${s.first}'s numbers for ${s.pastMonth}`,
    ]),
    v.say([
      s => `${s.pain.module} with a ${s.vehicle} like yours`,
      s => `Live: ${s.pain.module}, then ${s.question.topic}`,
    ]),
    v.say([
      s => `What a start in ${s.city} needs`,
      s => `Next steps until ${s.month}`,
      s => `Whom else at ${s.company} to include`,
    ]),
  ]
    .map((item, i) => `${i + 1}. ${item}`)
    .join('\n');

/** Minutes that a rep writes after the meeting. `keen` shows in what was agreed, not in praise. */
export function minutes(v: Voice, keen: boolean): string {
  const said = v.say([...v.s.pain.stories, ...v.s.pain.costs]);
  return [
    v.say([
      s => `Met ${s.first} and ${s.colleague}.`,
      s => `${s.first} alone, ${s.colleagueFirst} excused.`,
      s => `Three people from ${s.company}, ${s.first} led.`,
    ]),
    `Said: "${said}"`,
    v.say(
      keen
        ? [
            s => `Asked in detail about ${s.question.topic}; the answer was accepted.`,
            s =>
              `${s.first} did the sums in the meeting: ${s.cur} ${s.money} a year at stake against about ${s.price}.`,
            s => `They compare with ${s.competitor}, prefer ours for ${s.pain.module}.`,
          ]
        : [
            s => `Many questions on ${s.question.topic}, not all settled.`,
            s => `Polite. I could not find who would pay; ${s.colleagueFirst} perhaps.`,
            s => `They like ${s.incumbent} more than I thought.`,
          ],
    ),
    v.say(
      keen
        ? [
            s => `Agreed: vehicle list of one ${s.site} by next week, then an offer for ${s.siteCount}.`,
            s => `Agreed: visit in ${s.city}, the foreman joins. Decision in ${s.month}.`,
          ]
        : [
            s => `No date agreed. They "come back" after ${s.month}.`,
            s => `Agreed to talk again once ${s.colleague} has seen it.`,
          ],
    ),
  ].join('\n');
}

export const reschedules = (v: Voice): string[] => [
  v.say([
    s =>
      `I have to move our meeting, a ${s.vehicle} is stuck outside ${s.city} and everyone is on the phone. Can you suggest another day?`,
    () => 'Sorry, the auditor comes on exactly that day. Please send me another date.',
    s =>
      `${s.colleagueFirst} is ill, and without ${s.colleagueFirst} the meeting makes no sense. Another time?`,
  ]),
];
