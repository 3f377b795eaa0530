import type { Voice } from '#lib/crm/sandbox/demo/voice.ts';
import type { Line } from '#lib/crm/sandbox/demo/words/pain.ts';
import type { Objection } from './replies.ts';

/** What reps write back. */
const THANKS: Line[] = [
  () => 'Thank you for the open words.',
  () => 'That helps me, thank you.',
  s => `That is a clear picture of ${s.pain.topic}.`,
  () => 'Thanks for coming back to me.',
  s => `What you describe is close to a fleet of ${s.peer} that we work with.`,
];

export const proposesSlot = (v: Voice, when: string): string[] => [
  `${v.say(THANKS)} ${v.add(v.s.pain.proofs)}`.trim(),
  v.say([
    () => `How about ${when}, thirty minutes, online?`,
    () => `Would ${when} suit you?`,
    s => `I suggest ${when}. I will prepare it with ${s.vehicles} ${s.fleet} and ${s.siteCount}.`,
    s => `Could we say ${when}? Bring ${s.colleagueFirst} if you like.`,
  ]),
];

export const answersQuestion = (v: Voice): string[] => [
  v.say([s => `On ${s.question.topic}: ${lower(s.question.answer(s))}`, s => s.question.answer(s)]),
  v.say([
    s => `Tell me if that leaves something open for ${s.company}.`,
    () => 'I can show that part in five minutes on a screen.',
    s => `If it helps, I will put you in touch with a fleet of ${s.peer} that asked the same.`,
  ]),
];

export const outlinesPrice = (v: Voice): string[] => [
  v.say([
    s =>
      `For ${s.vehicles} ${s.fleet} the list price comes to about ${s.price} a year, support included; set-up of one ${s.site} is a fixed 1,900.`,
    s =>
      `Roughly ${s.price} a year for all ${s.vehicles}. Starting with ${s.city} only is a third of that, and what you pay counts when you extend.`,
  ]),
  v.say([
    s => `There is no charge per user, so the foreman and the drivers at ${s.siteCount} are in it.`,
    () => 'A three-year term takes nine per cent off; I would not sign that before a pilot.',
    s => `A proper offer needs one more fact: how many of the ${s.vehicles} are trailers?`,
  ]),
];

const SETTLES: Record<Objection, Line[]> = {
  price: [
    s =>
      `Let us take the ${s.newVehicles} smallest vehicles out and start with one ${s.site}; that stays below your limit and shows whether ${s.cur} ${s.money} is real.`,
    () =>
      'I would rather make the first year smaller than the price lower. A pilot with a fixed end is 2,400, and it is credited.',
  ],
  incumbent: [
    s =>
      `Keep ${s.incumbent} where it works. We can run beside it for eight weeks and you compare one number: ${s.pain.topic}.`,
    () =>
      'Fair. I can put you in touch with two fleets that changed, one of which still grumbles about the first month.',
  ],
  capacity: [
    s =>
      `Then we wait for ${s.month}. What we can do before, without anyone on your side, is load the vehicle list.`,
    s =>
      `Our people do the set-up at one ${s.site}: your side needs about six hours in all, spread over two weeks.`,
  ],
  security: [
    () =>
      "Attached in my next message: hosting, single sign-on (SAML and OIDC) and the summary of this year's penetration test. Your IT can have the full report after a signature.",
    () =>
      'I have asked our security lead to join for twenty minutes with your IT. That usually saves four weeks of forms.',
  ],
  drivers: [
    () =>
      'The check takes two minutes and no private data; we have a note for works councils that one of them co-wrote.',
    s =>
      `We would start with eight volunteers at one ${s.site}. If they do not like it, I will say so myself.`,
  ],
};
export const settles = (v: Voice, kind: Objection): string[] => [
  v.say(SETTLES[kind]),
  v.say([
    () => 'Does that make it worth a second look?',
    s => `Shall we go through that with ${s.colleagueFirst}?`,
    () => 'What do you think?',
    () => 'If not, tell me and I will leave it.',
  ]),
];

export const apologises = (v: Voice): string[] => [
  v.say([
    () =>
      'You are right, and I am sorry. Two of us had you on a list; I have taken you off both and stopped the calls.',
    s => `That should not have happened. I have told my manager, and nobody will phone the ${s.site} again.`,
    () => 'I apologise for the trouble. The cause is found, and I will call only if you ask me to.',
  ]),
];

export const recaps = (v: Voice): string[] => [
  v.say([
    () => 'Thank you for the conversation. What I took with me:',
    () => 'My summary of today, please correct me:',
    s => `Good to meet you and ${s.colleagueFirst}. In short:`,
  ]),
  [
    `- ${v.say([s => `Today: ${s.vehicles} ${s.fleet} at ${s.siteCount}, kept on ${s.incumbent}; what hurts: ${s.pain.topic}`, s => `You lose most on ${s.pain.topic}; ${s.cur} ${s.money} a year is your own estimate`, s => `${s.pain.topic.charAt(0).toUpperCase() + s.pain.topic.slice(1)} first, everything else later`])}`,
    `- Open: ${v.s.question.topic}`,
    `- ${v.say([s => `You send the vehicle list of one ${s.site}, we set up a test in ${s.city}`, s => `I prepare figures for ${s.vehicles} ${s.fleet}, you check them with ${s.colleagueFirst}`, s => `Visit at the ${s.site} in ${s.city}, date to follow`])}`,
  ].join('\n'),
  v.say([
    () => 'I will ask again in a week if I hear nothing.',
    s => `Costs I will write down once I know which of the ${s.vehicles} are in.`,
    () => 'Have I missed anything?',
  ]),
];

export const asksAfterSilence = (v: Voice): string[] => [
  v.say([
    s => `Since our meeting I have not heard from you. Did ${s.question.topic} turn out to be a problem?`,
    s => `Has ${s.colleagueFirst} had a chance to look at the summary?`,
    s => `I am keeping the set-up slot in ${s.city} for another week; is it still realistic?`,
    s => `How did the talk with ${s.colleague} go?`,
  ]),
  v.say([
    () => 'A no is fine too, I would just like to know.',
    s => `If the vehicle list is the obstacle, ten of the ${s.vehicles} are enough.`,
    () => 'Would a short call be easier than writing?',
    s => `If priorities have changed since ${s.pastMonth}, let me know.`,
  ]),
];

export const proposesNewDate = (v: Voice, when: string): string[] => [
  v.say([
    () => `I waited a quarter of an hour and then assumed that something came up. Shall we try ${when}?`,
    s => `We missed each other today. Is ${when} better, or should I write to ${s.colleagueFirst}?`,
    () => `No problem about the meeting. ${when} is free on my side.`,
  ]),
];

export const thanksForName = (v: Voice): string[] => [
  v.say([
    s => `Thank you for the name. I will write to ${s.colleagueFirst} and keep you out of the detail.`,
    s => `Much appreciated. I will contact ${s.colleague} this week and mention you.`,
  ]),
];

const lower = (text: string): string =>
  /^(I |ERP|EU)/.test(text) ? text : text.charAt(0).toLowerCase() + text.slice(1);
