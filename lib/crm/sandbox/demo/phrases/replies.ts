import type { Voice } from '#lib/crm/sandbox/demo/voice.ts';
import type { Line } from '#lib/crm/sandbox/demo/words/pain.ts';

/** What contacts write. Each returns paragraphs; the voice adds greeting and name. */
const YES: Line[] = [
  () => 'Good timing.',
  () => 'Yes, this is a topic for us.',
  s => `You are not wrong about ${s.pain.topic}.`,
  () => 'Thanks for the message, I had meant to write back.',
  s => `${s.colleagueFirst} and I talked about exactly this on Monday.`,
  () => 'All right, you have my attention.',
];
const LOOK: Line[] = [
  s => `How much work would the change be for ${s.colleagueFirst} and the people at ${s.siteCount}?`,
  () => 'I would like to see it, but on real data please, no slides.',
  s => `Could you show it to ${s.colleagueFirst} and me next week? Half an hour is what we have.`,
  s => `What would a start at one ${s.site} look like?`,
  s => `We run on ${s.incumbent} today, so be prepared for questions about the change.`,
  s => `If it does what you say for ${s.fleet}, I will bring ${s.colleague} along.`,
];
export const interested = (v: Voice): string[] => [
  `${v.say(YES)} ${v.add(v.s.pain.stories)}`.trim(),
  v.random.chance(0.55) ? `${v.say(v.s.pain.costs)} ${v.say(LOOK)}` : v.say(LOOK),
];

const BEFORE: Line[] = [
  () => 'Before I take this further:',
  () => 'One thing first.',
  s => `${s.colleagueFirst} wants to know this before we talk:`,
  () => 'Question from our side.',
];
export const asksQuestion = (v: Voice): string[] => [
  `${v.say(BEFORE)} ${v.s.question.ask(v.s)}`,
  ...(v.random.chance(0.5) ? [v.say(v.s.pain.stories)] : []),
];

const PRICE: Line[] = [
  s =>
    `What does ${s.pain.module} cost for ${s.vehicles} ${s.fleet}? A rough figure is fine, I need it for the ${s.month} budget.`,
  s => `Please send me prices, once for ${s.siteCount} and once for starting with ${s.city} only.`,
  s => `Can you put a number on it? I have ${s.competitor} on my desk as well, and they quote per user.`,
  s => `${s.colleagueFirst} asks what this costs per ${s.vehicle} and year, and whether set-up comes on top.`,
];
export const asksPrice = (v: Voice): string[] => [
  v.say(PRICE),
  ...(v.random.chance(0.6) ? [v.say(v.s.pain.costs)] : []),
];

export type Objection = 'price' | 'incumbent' | 'capacity' | 'security' | 'drivers';
const OBJECTIONS: Record<Objection, Line[]> = {
  price: [
    s =>
      `I like it, but ${s.cur} ${s.price} a year is more than I can sign. Above 15,000 it goes to ${s.colleagueFirst}, and there it will be compared with ${s.competitor}.`,
    s =>
      `The price per ${s.vehicle} is fine for the large ones. For the ${s.newVehicles} small ones it makes no sense.`,
  ],
  incumbent: [
    s =>
      `We have ${s.incumbent} and people know it, however bad it is. Convince me that the change is worth the trouble.`,
    s => `${s.competitor} says that they do the same and has been here twice already.`,
  ],
  capacity: [
    s =>
      `My worry is not the software. ${s.colleagueFirst} would have to introduce it and already has two projects until ${s.month}.`,
    s => `Nobody here has time for a project. We are in the middle of moving the ${s.site}.`,
  ],
  security: [
    () =>
      'Our IT will ask for single sign-on, where the data lies and a penetration test report. Without these three I do not even have to start.',
    s =>
      `IT has stopped all new cloud tools until ${s.month}. I need something in writing on hosting to ask for an exception.`,
  ],
  drivers: [
    s => `The drivers will hate it. Last time the works council stopped us in ${s.pastMonth}.`,
    s =>
      `I doubt that our ${s.vehicles} drivers will use yet another app; a third of them share a phone with the next shift.`,
  ],
};
export const objects = (v: Voice, kind: Objection): string[] => [
  v.say(OBJECTIONS[kind]),
  ...(v.random.chance(0.4)
    ? [
        v.say([
          () => 'How have other fleets handled that?',
          () => 'What do others do?',
          () => 'If you have an answer to that, I am listening.',
        ]),
      ]
    : []),
];

const LATER: Line[] = [
  s => `Not this year. We are opening a ${s.site} near ${s.city} and everything else waits until ${s.month}.`,
  s => `The budget is closed. Please come back in ${s.month}, and I mean that.`,
  s => `We have just signed with ${s.competitor} for two years, so the timing could not be worse.`,
  s => `There is a hiring and spending stop at ${s.company}. I do not know when it ends.`,
];
export const notNow = (v: Voice): string[] => [
  v.say(LATER),
  ...(v.random.chance(0.5)
    ? [
        v.say([
          s => `The topic itself (${s.pain.topic}) does not go away, I know.`,
          () => 'No need to call in between.',
          s => `${s.colleagueFirst} sees it the same way.`,
        ]),
      ]
    : []),
];

export const refers = (v: Voice): string[] => [
  v.say([
    s =>
      `This is not mine to decide. Please talk to ${s.colleague}, who looks after ${s.pain.topic} for ${s.siteCount}.`,
    s =>
      `I have passed your message on to ${s.colleague}. ${s.colleagueFirst} is the one who lives with ${s.pain.topic} every day.`,
    s => `Better ask ${s.colleague}; tell them it comes from me.`,
  ]),
  ...(v.random.chance(0.5) ? [v.say(v.s.pain.stories)] : []),
];

export const wrongPerson = (v: Voice): string[] => [
  v.say([
    s => `I left fleet management in ${s.pastMonth} and now work in property. No idea who does it now.`,
    s =>
      `You have the wrong person. I order office supplies in ${s.city} and have nothing to do with ${s.fleet}.`,
    s => `I think you mean somebody with a similar name. I am in payroll at ${s.company}.`,
  ]),
];

export const optsOut = (v: Voice): string[] => [
  v.say([
    s => `Please take me off your list. I did not ask for mails about ${s.pain.topic}.`,
    () => 'Unsubscribe me, please, from this and from the newsletter.',
    s => `Stop writing to me. ${s.company} has no interest, and that includes follow-ups.`,
    () => 'I object to the use of my address for advertising. Please delete it and confirm.',
  ]),
];

export const complains = (v: Voice): string[] => [
  v.say([
    s =>
      `This is the third message on ${s.pain.topic} within two weeks, and somebody from your company also phoned the ${s.site}. That is too much.`,
    s => `Your colleague told me in ${s.pastMonth} that the calls would stop. They have not.`,
    s =>
      `I tried the trial and lost an hour: the import refused all ${s.vehicles} vehicles and your support took two days to say that it was a comma.`,
  ]),
  v.say([
    () => 'Please sort that out among yourselves before you write again.',
    () => 'I am telling you because the product itself looked decent.',
    () => 'I expect an answer from somebody in charge.',
  ]),
];

export const championLeaves = (v: Voice, last: string): string[] => [
  v.say([
    s =>
      `A word in private: my last day at ${s.company} is ${last}. ${s.colleague} takes over the fleet topics for now, but has not seen any of our talks.`,
    s =>
      `I am leaving ${s.company} at the end of the month (${last} is my last day). I would have liked to see this through. ${s.colleagueFirst} has the file.`,
  ]),
];

export const accepts = (v: Voice, when: string): string[] => [
  v.say([
    () => `${when} works.`,
    () => `${when} is fine, please send an invitation.`,
    s => `OK for ${when}. ${s.colleagueFirst} joins for the first half.`,
    () => `Let us do ${when}. Teams please, our firewall dislikes the others.`,
  ]),
  ...(v.random.chance(0.45)
    ? [
        v.say([
          s => `What I want to understand is ${s.question.topic}.`,
          s => `Please bring an example with ${s.fleet}.`,
          v.s.pain.costs[0]!,
        ]),
      ]
    : []),
];

export const thanksAfter = (v: Voice): string[] => [
  v.say([
    s => `That was useful. ${s.colleagueFirst} was more impressed than I expected.`,
    s => `Thanks for the time. We discussed it afterwards and the open point is still ${s.question.topic}.`,
    () => 'Good session, less talk than usual and more product.',
    s => `Thank you. I have sent your summary to ${s.colleague}, with a kind word.`,
  ]),
  v.say([
    s => `Next step from us: an export of ${s.vehicles} vehicles by Friday.`,
    s => `Please send the offer for ${s.siteCount}, then I can put it on the agenda.`,
    s => `Could you arrange a visit to the ${s.site} in ${s.city}? The foreman has to see it.`,
    s => `We would start with one ${s.site} and decide on the rest in ${s.month}.`,
  ]),
];
