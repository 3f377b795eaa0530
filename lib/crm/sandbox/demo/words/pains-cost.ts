import type { Pain, PainKey } from './pain.ts';

/** Pains of money: parts, tyres, garages, warranty, mileage, electric vehicles. */
export const COST_PAINS: Pick<Record<PainKey, Pain>, 'parts' | 'tyres' | 'garages' | 'odometers' | 'warranty' | 'electric'> = {
  parts: {
    module: 'Parts & Stock',
    topic: 'parts that are never there',
    subjects: [s => `Parts for ${s.vehicles} ${s.fleet}`, () => 'Stock that matches the work that is coming', s => `The parts store at ${s.company}`],
    probes: [s => `How often does a ${s.vehicle} wait for a part that lies on a shelf at another ${s.site}?`, () => 'What is your parts stock worth, and how much of it has not moved for a year?', s => `Who orders parts for ${s.siteCount}, and how do they know what is needed?`],
    stories: [s => `We found out that the brake pads we express-ordered for ${s.city} were lying in another ${s.site} all along.`, s => `About ${s.pct} % of our stock has not moved in two years, and what we need is never there.`, s => `Every ${s.site} orders for itself. ${s.colleague} counted eleven suppliers for the same filter.`],
    costs: [s => `Express freight alone was ${s.cur} ${s.money} last year.`, s => `A ${s.vehicle} waits two to three days for parts on average.`, () => 'The auditor asked us to write off a five-digit amount of dead stock.'],
    proofs: [s => `One customer with ${s.peer} vehicles reduced stock value by 22 % and express orders by half in a year.`, s => `The planner reserves parts when the job is planned, from whichever ${s.site} has them.`],
    questions: [
      { topic: 'ERP link', ask: () => 'Purchasing insists on the ERP. Can orders go through it?', answer: () => 'Yes. Halvern raises the request, the ERP stays the place where orders are approved and paid; we exchange both every few minutes.' },
      { topic: 'barcodes', ask: () => 'Do you read our existing barcodes or do we have to relabel everything?', answer: () => 'We read your existing codes. Only parts without one need a label, and you can print those from the app.' },
    ],
  },
  tyres: {
    module: 'Tyre Care',
    topic: 'tyre spend',
    subjects: [s => `Tyre spend on ${s.vehicles} ${s.fleet}`, () => 'Tyres that last as long as they should', s => `Tyre data at ${s.company}`],
    probes: [s => `What do tyres cost you per kilometre, and would all of ${s.siteCount} give the same answer?`, s => `Who decides when a tyre on a ${s.vehicle} is changed: your people or the tyre dealer?`, () => 'Do you see pressure losses before the tyre is ruined?'],
    stories: [s => `Tyres are our third-largest cost and we trust the dealer's word on when they are worn. ${s.pct} % were changed with plenty of tread left when we checked.`, s => `We had ${s.count} blow-outs since spring, mostly on trailers that nobody checks.`, () => 'Our retread casings vanish. We pay for good casings and get back somebody else\'s.'],
    costs: [s => `There must be ${s.cur} ${s.money} a year in it, even if we do only half of what the dealer manages.`, s => `Last year we spent 14 % more on tyres with the same ${s.vehicles} ${s.fleet}.`, () => 'My director now wants the cost per kilometre monthly, and I build it by hand.'],
    proofs: [s => `A fleet of ${s.peer} got 11 % more distance per tyre in a year by acting on the pressure list each Monday.`, () => 'Every casing has a number and a history, so the retreader has to return yours.'],
    questions: [
      { topic: 'pressure sensors', ask: () => 'Do we need your sensors or can you read the ones that are fitted?', answer: () => 'We read the sensors of the large makers through your telematics; sensors of our own do not exist.' },
      { topic: 'dealer invoices', ask: () => 'Can the tyre dealer\'s invoices be checked automatically?', answer: () => 'Yes, each line is matched with the tyre\'s number and the measured tread; what does not match lands on a short list for you.' },
    ],
  },
  garages: {
    module: 'Garage Invoices',
    topic: 'outside repair invoices',
    subjects: [s => `Garage invoices for ${s.vehicles} ${s.fleet}`, () => 'Checking repair invoices before they are paid', s => `Outside repairs at ${s.company}`],
    probes: [s => `How many garages work on your ${s.fleet}, and does anyone compare their hours for the same job?`, s => `Who checks a repair invoice at ${s.company} before it is paid?`, () => 'What share of outside repairs do you approve by phone?'],
    stories: [s => `We get about ${s.invoices} garage invoices a month and two people to check them, so in truth nobody does.`, s => `The same brake job costs between ${s.cur} 380 and ${s.cur} 910 depending on the ${s.site}.`, () => 'We paid one clutch twice, from two garages, for the same van. I found it by accident.'],
    costs: [s => `If ${s.pct > 20 ? 6 : 4} % of the spend is wrong, and I think it is more, that is ${s.cur} ${s.money} a year.`, s => `Checking takes ${s.hours} hours a week and finds almost nothing.`, () => 'Finance has asked me twice to explain why the cost per vehicle went up.'],
    proofs: [s => `For a fleet of ${s.peer} the invoice check returned 5.8 % of outside spend in the first year.`, () => 'Garages quote in the system before they start; what they bill later is compared line by line.'],
    questions: [
      { topic: 'garages joining', ask: () => 'Do the garages have to use your software? Ours are small family firms.', answer: () => 'No. Small garages keep sending a PDF by e-mail; we read it and compare it with what was approved.' },
      { topic: 'leased vehicles', ask: s => `Some of our ${s.fleet} are leased with service. Can those be kept out?`, answer: () => 'Yes, a contract with service included marks the vehicle, and an invoice for it is stopped because somebody else owes it.' },
    ],
  },
  odometers: {
    module: 'Telematics Link',
    topic: 'service intervals without mileage',
    subjects: [() => 'Mileage and engine hours without phoning around', s => `Service intervals for ${s.vehicles} ${s.fleet}`, s => `Telematics at ${s.company}`],
    probes: [s => `How does the workshop learn the mileage or engine hours of ${s.vehicles} ${s.fleet}?`, () => 'How many telematics portals do you log into on a Monday?', s => `Are your ${s.fleet} serviced by the calendar because nobody has the hours?`],
    stories: [s => `We have three telematics portals, and once a month someone copies ${s.vehicles} readings into ${s.incumbent}.`, s => `A ${s.vehicle} went 600 hours past its service because the reading was from ${s.pastMonth}.`, s => `Everything is serviced by date. Some ${s.fleet} come in almost unused, others far too late.`],
    costs: [s => `Copying readings takes ${s.hours} hours a week. A grown-up should not do that.`, () => 'The dealer refused a warranty claim because we could not prove the hours.', s => `We estimate ${s.cur} ${s.money} in services that were not due.`],
    proofs: [() => 'We read 40-odd telematics systems; the link takes an afternoon, most of which is waiting for a password.', s => `A customer with ${s.peer} machines saves one service in seven since intervals follow real use.`],
    questions: [
      { topic: 'mixed telematics', ask: () => 'We have two makers with their own portals and some machines with nothing. What then?', answer: () => 'Both portals feed one list; for machines with nothing, the driver types the reading during the check and a wrong one is caught by plausibility.' },
      { topic: 'data ownership', ask: () => 'Where is the data, and do you sell it to anyone?', answer: () => 'It is stored in the EU (in Ohio for US customers), it is yours, and we sell it to no one; that stands in clause 9 of the contract.' },
    ],
  },
  warranty: {
    module: 'Warranty Desk',
    topic: 'warranty money left behind',
    subjects: [s => `Warranty claims on ${s.vehicles} ${s.fleet}`, () => 'Repairs that the maker should have paid', s => `Warranty at ${s.company}`],
    probes: [s => `When a two-year-old ${s.vehicle} is repaired in your own workshop, who checks the warranty first?`, () => 'How much came back from manufacturers last year?', s => `Does ${s.incumbent} warn the foreman that a part is still under warranty?`],
    stories: [s => `We bought ${s.newVehicles} new ${s.fleet} since last year and have filed exactly two claims. That cannot be right.`, () => 'The old part is in the bin before anyone thinks of warranty.', s => `${s.colleague} went through one quarter by hand and found ${s.count} repairs that the maker should have paid.`],
    costs: [s => `That sample alone was ${s.cur} ${s.money} a year if it is typical.`, () => 'The dealer is friendly as long as we do not claim anything.', () => 'We have no time to write claims, so we pay twice: once for the vehicle and once for the repair.'],
    proofs: [s => `One operator with ${s.peer} vehicles recovered its yearly fee by May, from warranty alone.`, () => 'The job card turns amber when a part is under warranty, and the claim is filled in from the job.'],
    questions: [
      { topic: 'makers covered', ask: () => 'Which manufacturers can you file claims with directly?', answer: () => 'Five truck makers electronically today; for others we produce the form with photos and you send it.' },
      { topic: 'past repairs', ask: () => 'Could you run it over the repairs of last year, just to see?', answer: () => 'Gladly: send us an export of last year\'s jobs and you get a list of likely claims within a week, free of charge.' },
    ],
  },
  electric: {
    module: 'Battery Health',
    topic: 'the move to electric vehicles',
    subjects: [s => `Electric ${s.fleet} and the workshop`, () => 'Battery health across a mixed fleet', s => `${s.newVehicles} electric vehicles at ${s.company}`],
    probes: [s => `How many of your ${s.vehicles} ${s.fleet} are electric by the end of next year?`, () => 'Who watches the batteries: the lessor, the workshop or nobody yet?', s => `Is your workshop in ${s.city} certified for high voltage, or will that go outside?`],
    stories: [s => `${s.newVehicles} electric vehicles arrive in ${s.month}, and our maintenance plans are all for diesel.`, s => `Range on some vehicles dropped by ${s.pct} % in winter and nobody could tell me whether that is the battery or the driver.`, () => 'Two of our people are certified for high voltage. The rest must not even open the cover, and the planning does not know that.'],
    costs: [() => 'A battery outside its warranty is the price of a small car.', s => `If we return the leased ones with poor batteries it costs us ${s.cur} ${s.money}.`, () => 'The subsidy demands a report on availability, which we cannot produce.'],
    proofs: [s => `A city fleet with ${s.peer} vehicles found three batteries losing capacity early, and claimed all three in time.`, () => 'The planner knows who may work on high voltage and keeps such jobs away from everyone else.'],
    questions: [
      { topic: 'battery data', ask: () => 'Where does the battery data come from if the maker does not share it?', answer: () => 'From the charge sessions: energy in against percentage gained gives capacity within two points after some twenty charges.' },
      { topic: 'reports for the subsidy', ask: () => 'Is there a report per vehicle that we can hand to the funding body?', answer: () => 'Yes, availability, distance and energy per vehicle and month as PDF or spreadsheet.' },
    ],
  },
}; // prettier-ignore
