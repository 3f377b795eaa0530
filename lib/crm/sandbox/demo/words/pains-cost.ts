import type { Pain, PainKey } from './pain.ts';

/** Pains of what is bought: parts, tyres, work by garages. */
export const COST_PAINS: Pick<Record<PainKey, Pain>, 'parts' | 'tyres' | 'garages'> = {
  parts: {
    module: 'Parts & Stock',
    topic: 'parts that are never there',
    subjects: [
      s => `Parts for ${s.vehicles} ${s.fleet}`,
      () => 'Stock that matches the work that is coming',
      s => `The parts store at ${s.company}`,
    ],
    probes: [
      s => `How often does a ${s.vehicle} wait for a part that lies on a shelf at another ${s.site}?`,
      () => 'What is your parts stock worth, and how much of it has not moved for a year?',
      s => `Who orders parts for ${s.siteCount}, and how do they know what is needed?`,
    ],
    stories: [
      s =>
        `We found out that the brake pads we express-ordered for ${s.city} were lying in another ${s.site} all along.`,
      s => `About ${s.pct} % of our stock has not moved in two years, and what we need is never there.`,
      s => `Every ${s.site} orders for itself. ${s.colleague} counted eleven suppliers for the same filter.`,
    ],
    costs: [
      s => `Express freight alone was ${s.cur} ${s.money} last year.`,
      s => `A ${s.vehicle} waits two to three days for parts on average.`,
      () => 'The auditor asked us to write off a five-digit amount of dead stock.',
    ],
    proofs: [
      s =>
        `One customer with ${s.peer} vehicles reduced stock value by 22 % and express orders by half in a year.`,
      s => `The planner reserves parts when the job is planned, from whichever ${s.site} has them.`,
    ],
    questions: [
      {
        topic: 'ERP link',
        ask: () => 'Purchasing insists on the ERP. Can orders go through it?',
        answer: () =>
          'Yes. Halvern raises the request, the ERP stays the place where orders are approved and paid; we exchange both every few minutes.',
      },
      {
        topic: 'barcodes',
        ask: () => 'Do you read our existing barcodes or do we have to relabel everything?',
        answer: () =>
          'We read your existing codes. Only parts without one need a label, and you can print those from the app.',
      },
    ],
  },
  tyres: {
    module: 'Tyre Care',
    topic: 'tyre spend',
    subjects: [
      s => `Tyre spend on ${s.vehicles} ${s.fleet}`,
      () => 'Tyres that last as long as they should',
      s => `Tyre data at ${s.company}`,
    ],
    probes: [
      s => `What do tyres cost you per kilometre, and is it the same at all ${s.siteCount}?`,
      s => `Who decides when a tyre on a ${s.vehicle} is changed: your people or the tyre dealer?`,
      () => 'Do you see pressure losses before the tyre is ruined?',
    ],
    stories: [
      s =>
        `Tyres are our third-largest cost and we trust the dealer's word on when they are worn. ${s.pct} % were changed with plenty of tread left when we checked.`,
      s => `We had ${s.count} blow-outs since spring, mostly on trailers that nobody checks.`,
      () => "Our retread casings vanish. We pay for good casings and get back somebody else's.",
    ],
    costs: [
      s =>
        `There must be ${s.cur} ${s.money} a year in it, even if we do only half of what the dealer manages.`,
      s => `Last year we spent 14 % more on tyres with the same ${s.vehicles} ${s.fleet}.`,
      () => 'My director now wants the cost per kilometre monthly, and I build it by hand.',
    ],
    proofs: [
      s =>
        `A fleet of ${s.peer} got 11 % more distance per tyre in a year by acting on the pressure list each Monday.`,
      () => 'Every casing has a number and a history, so the retreader has to return yours.',
    ],
    questions: [
      {
        topic: 'pressure sensors',
        ask: () => 'Do we need your sensors or can you read the ones that are fitted?',
        answer: () =>
          'We read the sensors of the large makers through your telematics; sensors of our own do not exist.',
      },
      {
        topic: 'dealer invoices',
        ask: () => "Can the tyre dealer's invoices be checked automatically?",
        answer: () =>
          "Yes, each line is matched with the tyre's number and the measured tread; what does not match lands on a short list for you.",
      },
    ],
  },
  garages: {
    module: 'Garage Invoices',
    topic: 'outside repair invoices',
    subjects: [
      s => `Garage invoices for ${s.vehicles} ${s.fleet}`,
      () => 'Checking repair invoices before they are paid',
      s => `Outside repairs at ${s.company}`,
    ],
    probes: [
      s => `How many garages work on your ${s.fleet}, and does anyone compare their hours for the same job?`,
      s => `Who checks a repair invoice at ${s.company} before it is paid?`,
      () => 'What share of outside repairs do you approve by phone?',
    ],
    stories: [
      s =>
        `We get about ${s.invoices} garage invoices a month and two people to check them, so in truth nobody does.`,
      s => `The same brake job costs between ${s.cur} 380 and ${s.cur} 910 depending on the ${s.site}.`,
      () => 'We paid one clutch twice, from two garages, for the same van. I found it by accident.',
    ],
    costs: [
      s =>
        `If ${s.pct > 20 ? 6 : 4} % of the spend is wrong, and I think it is more, that is ${s.cur} ${s.money} a year.`,
      s => `Checking takes ${s.hours} hours a week and finds almost nothing.`,
      () => 'Finance has asked me twice to explain why the cost per vehicle went up.',
    ],
    proofs: [
      s => `For a fleet of ${s.peer} the invoice check returned 5.8 % of outside spend in the first year.`,
      () => 'Garages quote in the system before they start; what they bill later is compared line by line.',
    ],
    questions: [
      {
        topic: 'garages joining',
        ask: () => 'Do the garages have to use your software? Ours are small family firms.',
        answer: () =>
          'No. Small garages keep sending a PDF by e-mail; we read it and compare it with what was approved.',
      },
      {
        topic: 'leased vehicles',
        ask: s => `Some of our ${s.fleet} are leased with service. Can those be kept out?`,
        answer: () =>
          'Yes, a contract with service included marks the vehicle, and an invoice for it is stopped because somebody else owes it.',
      },
    ],
  },
};
