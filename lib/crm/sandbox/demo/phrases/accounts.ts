import type { Voice } from '#lib/crm/sandbox/demo/voice.ts';

/** Letters about more of Halvern (`expansion`) or another year of it (`renewal`) with a customer. */
type AccountKind = 'expansion' | 'renewal';

export const repWritesAccount = (v: Voice, kind: AccountKind): string[] =>
  kind === 'renewal'
    ? [
        v.say([
          s =>
            `Your contract for ${s.vehicles} ${s.fleet} ends in ${s.month}. I would like to use the renewal to look at what you use and what not.`,
          s =>
            `Usage at ${s.siteCount} is good, except for ${s.pain.module}, which only ${s.city} opens. Shall we keep it in the renewal?`,
          s =>
            `Here is the renewal: ${s.cur} ${s.price} for twelve months, same price per ${s.vehicle} as before.`,
          s =>
            `Before the renewal goes to ${s.colleagueFirst}: is the number of ${s.vehicles} vehicles still right?`,
        ]),
      ]
    : [
        v.say([
          s =>
            `You mentioned ${s.newVehicles} more ${s.fleet} from ${s.month}. I have put them into an amendment, so that nothing has to be negotiated twice.`,
          s => `${s.pain.module} would fit what ${s.colleagueFirst} told our support about ${s.pain.topic}.`,
          s =>
            `For the new ${s.site} I suggest the same set-up as in ${s.city}: eight working days, one trainer.`,
          s =>
            `Your team logs ${s.pain.topic} as a reason more often than similar fleets. I can show the figures in fifteen minutes.`,
        ]),
        v.say([
          s => `Is ${s.colleagueFirst} the right person for the order?`,
          () => 'Shall I prepare the paper?',
          s => `When would a decision be useful for ${s.month}?`,
        ]),
      ];

export const contactWritesAccount = (v: Voice, kind: AccountKind, keen: boolean): string[] => {
  if (!keen)
    return [
      v.say([
        s => `We have to save. Please show me what a smaller package without ${s.pain.module} costs.`,
        s =>
          `${s.competitor} has made us an offer and ${s.colleagueFirst} wants to look at it before we sign anything.`,
        s => `Support was slow in ${s.pastMonth}, so the mood at the ${s.site} is mixed. Let us wait.`,
      ]),
    ];
  return kind === 'renewal'
    ? [
        v.say([
          s => `Fine with us. It is now ${s.vehicles + s.newVehicles} vehicles, please correct the list.`,
          s => `Send it to ${s.colleague}, who signs this year. No changes from me.`,
          s => `We stay. One wish: ${s.question.topic} should get better.`,
        ]),
      ]
    : [
        v.say([
          s =>
            `Yes, ${s.newVehicles} vehicles. The order comes from ${s.colleague}, please put the ${s.site} on the invoice.`,
          s => `The new ${s.site} opens in ${s.month}, so the set-up has to be done two weeks before.`,
          s => `${v.s.pain.stories[0]!(s)} So yes, let us look at ${s.pain.module}.`,
        ]),
      ];
};

export const accountWonMail = (v: Voice, kind: AccountKind): string[] => [
  v.say(
    kind === 'renewal'
      ? [
          s =>
            `Renewal signed, see attachment. Next time please a month earlier, ${s.colleagueFirst} was nervous.`,
          s => `Signed for another year: ${s.vehicles} ${s.fleet}.`,
        ]
      : [
          s => `Order attached: ${s.newVehicles} ${s.fleet}, start in ${s.month}.`,
          s => `Approved. Please arrange the training at the new ${s.site} with ${s.colleagueFirst}.`,
        ],
  ),
];
export const accountLostMail = (v: Voice, kind: AccountKind): string[] => [
  v.say(
    kind === 'renewal'
      ? [
          s =>
            `We will not renew. ${s.competitor} is cheaper for ${s.vehicles} vehicles, and ${s.colleagueFirst} has decided.`,
          s =>
            `Please take this as notice for the end of the term. The ${s.sites} are being merged and the other side brings its own system.`,
          s =>
            `No renewal from us. ${s.question.topic.charAt(0).toUpperCase()}${s.question.topic.slice(1)} never worked as we needed.`,
        ]
      : [
          s =>
            `We leave it at what we have. The ${s.newVehicles} new ${s.fleet} come with a service contract from the maker.`,
          s => `${s.colleagueFirst} has cut the budget for ${s.pain.module}. Perhaps in ${s.month}.`,
          s => `No extension for now, the new ${s.site} is postponed.`,
        ],
  ),
];
export const accountNote = (v: Voice): string =>
  v.say([
    s => `Customer since before my time. ${s.first} is loyal, ${s.colleagueFirst} counts the money.`,
    s => `Usage: ${s.siteCount}, weak on ${s.pain.module}. Training offered.`,
    s => `${s.competitor} has called them. ${s.first} told me unasked.`,
    s => `${s.newVehicles} new ${s.fleet} planned for ${s.month}; amendment instead of a new contract.`,
  ]);
