import type { Voice } from '#lib/crm/sandbox/demo/voice.ts';
import type { Line } from '#lib/crm/sandbox/demo/words/pain.ts';

type Stage = string;

/** What reps write while a deal moves; `contactWritesOn` answers it. */
export const repWritesOn = (v: Voice, stage: Stage): string[] => {
  switch (stage) {
    case 'discovery':
      return [
        v.say([
          s =>
            `To size this properly I need the list of vehicles at ${s.siteCount} and what ${s.incumbent} can export.`,
          s =>
            `Thanks for the call. Before the visit in ${s.city}, could you tell me who plans the workshop there?`,
          s =>
            `I have drafted a page on ${s.pain.topic} with your figures; the ${s.cur} ${s.money} needs your check.`,
        ]),
      ];
    case 'yard_visit':
      return [
        v.say([
          s =>
            `It was good to walk through the ${s.site} in ${s.city}. The tray of papers by the gate says it all.`,
          s => `After the visit: ${s.pain.module} can be ready for a test within eight working days.`,
          s => `Your foreman asked about ${s.question.topic}. ${s.question.answer(s)}`,
        ]),
        v.say([
          () => 'Shall we fix the start of the pilot?',
          s => `Who at ${s.company} has to agree to a pilot?`,
        ]),
      ];
    case 'pilot':
      return [
        v.say([
          s =>
            `Week two of the pilot: ${s.hours} reports, ${s.count} of them serious. ${s.colleagueFirst} found the first real one on day three.`,
          s =>
            `The pilot in ${s.city} runs with ${s.newVehicles} ${s.fleet}. Two drivers have not opened it yet; can ${s.colleagueFirst} help?`,
          s => `Half-way: the time from defect to job card went from days to ${s.count} hours.`,
        ]),
        v.say([
          s => `The closing talk should include ${s.colleague}.`,
          s => `What figure has to come out for you to go to ${s.siteCount}?`,
        ]),
      ];
    case 'proposal':
      return [
        v.say([
          s =>
            `Here is the offer: ${s.vehicles} ${s.fleet}, ${s.siteCount}, ${s.cur} ${s.price} a year, price fixed for three years.`,
          s =>
            `The revised offer leaves out the ${s.newVehicles} small vehicles, as discussed, and starts in ${s.month}.`,
          s =>
            `I have written the offer in the form that ${s.colleagueFirst} asked for, with ${s.pain.module} as a separate line.`,
        ]),
        v.say([
          () => 'It is valid for 45 days.',
          s => `May I go through it with ${s.colleagueFirst} and you?`,
          s => `Against ${s.competitor}: please compare without their per-user fees for the first year.`,
        ]),
      ];
    case 'procurement':
      return [
        v.say([
          s =>
            `Purchasing has our supplier form, the insurance and the data processing agreement. Is anything missing for ${s.company}?`,
          s => `I answered the 64 security questions today; number 31 needs ${s.colleagueFirst}.`,
          s => `Purchasing asks for 12 % off. I can do 6 % with three years and a start before ${s.month}.`,
        ]),
      ];
    default:
      return [
        v.say([
          s =>
            `The contract is with ${s.colleague} for signature. I have kept the start in ${s.city} for ${s.month}.`,
          s => `Your changes to clauses 7 and 9 are in. From our side ${s.company} can sign.`,
          () => 'Is there anything that keeps the signature from happening before the quarter ends?',
        ]),
      ];
  }
};

export const contactWritesOn = (v: Voice, stage: Stage, keen: boolean): string[] => {
  if (!keen)
    return [
      v.say([
        s => `We are slower than planned. ${s.colleague} has other worries until ${s.month}.`,
        s => `To be frank, ${s.competitor} came in well below you and ${s.colleagueFirst} likes them.`,
        s =>
          `Please do not push at the moment. The numbers for ${s.pastMonth} were poor and every contract is looked at twice.`,
        s => `IT found two points in your answers that they do not like. One of them is ${s.question.topic}.`,
      ]),
    ];
  switch (stage) {
    case 'discovery':
    case 'yard_visit':
      return [
        v.say([
          s =>
            `List attached: ${s.vehicles} ${s.fleet}, do not ask about the last column. ${s.colleagueFirst} maintains it.`,
          s => `Come by on a morning before six, then you see what I mean by ${s.pain.topic}.`,
          () => 'The foreman was sceptical and now wants to know when we begin.',
        ]),
        ...(v.random.chance(0.4) ? [v.say(v.s.pain.stories)] : []),
      ];
    case 'pilot':
      return [
        v.say([
          s => `The pilot team wants to keep it. ${s.colleagueFirst} will write two pages for the board.`,
          s =>
            `We have used it for ${s.newVehicles} vehicles without trouble, apart from ${s.question.topic}.`,
          s =>
            `One honest complaint: photos upload slowly at the ${s.site}. Everything else is better than ${s.incumbent}.`,
        ]),
      ];
    case 'proposal':
      return [
        v.say([
          s =>
            `Thanks for the offer. ${s.colleague} asks whether the first ${s.site} can be free until ${s.month}.`,
          s =>
            `I have put your offer on the agenda for the board. ${s.cur} ${s.price} is in the plan, so I am hopeful.`,
          () =>
            'Please change the name of the contracting party, it has to be our holding. The rest is fine.',
        ]),
      ];
    default:
      return [
        v.say([
          s => `Purchasing is through with it. ${s.colleagueFirst} signs when back from ${s.city}.`,
          s => `Signed by us, the paper is with ${s.colleague} for the second signature.`,
          () => 'Legal has one comment on clause 9, nothing dramatic.',
        ]),
      ];
  }
};

export const WON = [
  'Pilot figures convinced the board',
  'Foreman and drivers wanted it',
  'Price per vehicle instead of per user',
  'Import of the old data worked at first try',
  'Known from their previous employer',
];
export const LOST = {
  price: 'Too expensive against the alternative',
  competitor: 'Chose a competitor',
  silent: 'No decision: went silent',
  champion: 'Champion left, successor has other plans',
  budget: 'Budget stopped',
  fit: 'Fleet too small for the effort',
  security: 'Refused by IT security',
};

export const wonMail = (v: Voice): string[] => [
  v.say([
    s =>
      `Signed copy attached. Please plan ${s.city} as the first ${s.site}; ${s.colleagueFirst} is your contact from now on.`,
    s => `Done: the board agreed this morning. We start in ${s.month} with ${s.newVehicles} ${s.fleet}.`,
    s =>
      `It took us long enough. Here is the contract, and ${s.colleague} looks forward to never seeing ${s.incumbent} again.`,
  ]),
];
export const lostMail = (v: Voice, reason: Exclude<keyof typeof LOST, 'champion'>): string[] => [
  v.say(
    (
      {
        price: [
          s =>
            `We decided against it. ${s.cur} ${s.price} is not in the budget and nobody wanted to fight for it.`,
          s =>
            `${s.colleagueFirst} compared the offers and yours is the better and the dearer one. We take the cheaper.`,
        ],
        competitor: [
          s =>
            `I wanted to tell you myself: we go with ${s.competitor}. The deciding point was ${s.question.topic}.`,
          s => `${s.competitor} gets the contract, mostly because ${s.colleagueFirst} worked with it before.`,
        ],
        silent: [
          s => `Sorry for the silence. Nothing will happen here on ${s.pain.topic} before ${s.month}.`,
        ],
        budget: [
          s =>
            `All investments above ${s.cur} 5,000 are frozen until ${s.month}. I am sorry, the work was good.`,
        ],
        fit: [s => `We did the sums again. For ${s.vehicles} ${s.fleet} we can live with ${s.incumbent}.`],
        security: [
          () =>
            'Our security people said no, and there is no appeal here. The missing point was hosting in our own tenant.',
        ],
      } satisfies Record<Exclude<keyof typeof LOST, 'champion'>, Line[]>
    )[reason],
  ),
];

export const dealNote = (v: Voice): string =>
  v.say([
    s => `${s.colleague} is the one to convince. ${s.first} helps.`,
    s => `Watch ${s.competitor}: they were in ${s.city} last week.`,
    s => `${s.first} says the figure that counts is ${s.pain.topic}: ${s.cur} ${s.money} a year.`,
    s => `Next: reference call with the fleet of ${s.peer}.`,
    s => `Open point: ${s.question.topic}. Asked product, answer promised.`,
    s => `Signature rule at ${s.company}: two people above ${s.cur} 25,000. Second is ${s.colleagueFirst}.`,
  ]);
