import { EVENTS } from '#lib/crm/sandbox/demo/people.ts';
import type { Voice } from '#lib/crm/sandbox/demo/voice.ts';
import type { Line } from '#lib/crm/sandbox/demo/words/pain.ts';

const OPENINGS: Record<string, Line[]> = {
  [EVENTS.demo]: [
    () =>
      'Thank you for asking to see Halvern. I would like to show it on your own case rather than on a demo fleet, so one question first.',
    s => `You asked for a demo on our site, and I look after companies like ${s.company}.`,
    () => 'Your demo request landed with me, thank you.',
  ],
  [EVENTS.trial]: [
    s => `I saw that you opened a trial account for ${s.company}.`,
    () => 'Your trial is ready, and the sample vehicles in it can be deleted in one go.',
    s => `Thanks for starting a trial. Most fleets with ${s.sites} like yours begin with ${s.pain.module}.`,
  ],
  [EVENTS.calculator]: [
    s => `You put ${s.vehicles} vehicles into our downtime calculator.`,
    s =>
      `The calculator on our site gave ${s.company} a figure that probably made you doubt it. I checked, and it is not far off for ${s.fleet}.`,
  ],
  [EVENTS.webinar]: [
    () => 'Thanks for joining the webinar on roadside breakdowns.',
    s => `You stayed until the end of our webinar, and I owe you the slides on ${s.pain.topic}.`,
  ],
  [EVENTS.guide]: [
    () => 'You downloaded our inspection calendar template; I hope it is useful as it is.',
    s =>
      s.vehicles > 60
        ? `The template that you took from our site stops helping at around 60 vehicles, and ${s.company} has ${s.vehicles}.`
        : `I saw that ${s.company} took the inspection template; for ${s.vehicles} vehicles it goes a long way.`,
  ],
  [EVENTS.fair]: [
    s => `We spoke briefly at our stand, between two crowds, about ${s.fleet} and ${s.pain.topic}.`,
    () => 'Your badge says that you visited our stand, and my note says that you were in a hurry.',
  ],
  [EVENTS.newsletter]: [
    () => 'You subscribed to our monthly letter for fleet engineers, which I am glad about.',
    s => `You read our letter, so you know roughly what we do. I look after fleets around ${s.city}.`,
  ],
  [EVENTS.list]: [
    s =>
      `We have not met. I work with companies that run ${s.fleet}, and ${s.company} is one that I would like to understand.`,
    s => `I am writing because ${s.company} runs about ${s.vehicles} ${s.fleet} from ${s.siteCount}.`,
    s =>
      `Two of your neighbours in ${s.city} keep their ${s.fleet} going with Halvern, which is how I came to your name.`,
  ],
  [EVENTS.referral]: [
    () => 'A customer of ours was kind enough to mention you.',
    s =>
      `One of our customers thought that ${s.company} has the same trouble with ${s.pain.topic} that they used to have.`,
  ],
};

const ASKS: Line[] = [
  () => 'Would twenty minutes next week be worth it to compare notes?',
  s => `If this is a topic for you, I can show it on a ${s.vehicle} like yours in half an hour.`,
  () => 'Is that yours to look at, or should I ask someone else?',
  s => `A one-line answer is enough: do you want to do anything about ${s.pain.topic} this year?`,
  s => `May I send you the two-page example for ${s.fleet}?`,
  s => `Who besides you would have an opinion on this at ${s.company}?`,
];

const NUDGES: Line[] = [
  s => `I wrote to you about ${s.pain.topic} and know that a ${s.site} rarely leaves time for e-mail.`,
  () => 'My last message probably came at a bad moment, so here is the short version.',
  s => `Something that came up with another fleet this week made me think of ${s.company}.`,
  s => `No answer is an answer too, but I would rather ask once more about your ${s.vehicles} ${s.fleet}.`,
  s => `With ${s.vehicles} ${s.fleet} at ${s.siteCount} you will have tried a few things already.`,
  s => `${s.month} is when budgets for workshop software are usually fixed, so I am trying again now.`,
];

const ANGLES: Line[] = [
  s => `What would you look at first if somebody gave you a free day for the ${s.site} in ${s.city}?`,
  s => `A short test needs a list of ten ${s.fleet} and no meeting at all.`,
  s =>
    `Most people in your role start with ${s.incumbent} and leave it when the fleet passes a certain size.`,
  s => `${s.peer} vehicles, similar work, eight weeks: I can send you what that fleet measured.`,
];

const BREAKUPS: Line[] = [
  s => `I will stop writing about ${s.pain.topic} now, since I do not want to be noise.`,
  s =>
    `I take it that doing something about ${s.pain.topic} is not on the list at ${s.company} this year, and close this on my side.`,
  () => 'This is my last message for the time being.',
];
const DOORS: Line[] = [
  s => `If ${s.month} looks different, a reply with one word is enough.`,
  s => `Should ${s.colleagueFirst} or somebody else take the topic up, please pass on my number.`,
  s => `The offer to run your own export through ${s.pain.module} stays open.`,
];

const product: Line[] = [
  s => `${s.pain.module} is the part of Halvern that deals with it.`,
  s => `That is the job of ${s.pain.module}, and it can start at one ${s.site}.`,
  s => `We built ${s.pain.module} for it, together with workshop people.`,
];

export const subject = (v: Voice): string => v.say(v.s.pain.subjects);

export const firstTouch = (v: Voice): string[] => [
  `${v.say(OPENINGS[v.s.event] ?? OPENINGS[EVENTS.list]!)} ${v.say(v.s.pain.probes)}`,
  ...(v.random.chance(0.6)
    ? [`${v.random.chance(0.5) ? `${v.say(product)} ` : ''}${v.say(v.s.pain.proofs)}`]
    : []),
  v.say(ASKS),
];

export const nudge = (v: Voice): string[] => [
  `${v.say(NUDGES)} ${v.add([...v.s.pain.proofs, ...v.s.pain.probes, ...ANGLES])}`.trim(),
  v.say(ASKS),
];

export const breakUp = (v: Voice): string[] => [`${v.say(BREAKUPS)} ${v.say(DOORS)}`];
