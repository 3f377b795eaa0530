import type { Pain, PainKey } from './pain.ts';

/** Pains of what the vehicles themselves are worth: hours run, warranty, batteries. */
export const ASSET_PAINS: Pick<Record<PainKey, Pain>, 'odometers' | 'warranty' | 'electric'> = {
  odometers: {
    module: 'Telematics Link',
    topic: 'service intervals without mileage',
    subjects: [
      () => 'Mileage and engine hours without phoning around',
      s => `Service intervals for ${s.vehicles} ${s.fleet}`,
      s => `Telematics at ${s.company}`,
    ],
    probes: [
      s => `How does the workshop learn the mileage or engine hours of ${s.vehicles} ${s.fleet}?`,
      () => 'How many telematics portals do you log into on a Monday?',
      s => `Are your ${s.fleet} serviced by the calendar because nobody has the hours?`,
    ],
    stories: [
      s =>
        `We have three telematics portals, and once a month someone copies ${s.vehicles} readings into ${s.incumbent}.`,
      s => `A ${s.vehicle} went 600 hours past its service because the reading was from ${s.pastMonth}.`,
      s => `Everything is serviced by date. Some ${s.fleet} come in almost unused, others far too late.`,
    ],
    costs: [
      s => `Copying readings takes ${s.hours} hours a week. A grown-up should not do that.`,
      () => 'The dealer refused a warranty claim because we could not prove the hours.',
      s => `We estimate ${s.cur} ${s.money} in services that were not due.`,
    ],
    proofs: [
      () =>
        'We read 40-odd telematics systems; the link takes an afternoon, most of which is waiting for a password.',
      s => `A customer with ${s.peer} machines saves one service in seven since intervals follow real use.`,
    ],
    questions: [
      {
        topic: 'mixed telematics',
        ask: () => 'We have two makers with their own portals and some machines with nothing. What then?',
        answer: () =>
          'Both portals feed one list; for machines with nothing, the driver types the reading during the check and a wrong one is caught by plausibility.',
      },
      {
        topic: 'data ownership',
        ask: () => 'Where is the data, and do you sell it to anyone?',
        answer: () =>
          'It is stored in the EU (in Ohio for US customers), it is yours, and we sell it to no one; that stands in clause 9 of the contract.',
      },
    ],
  },
  warranty: {
    module: 'Warranty Desk',
    topic: 'warranty money left behind',
    subjects: [
      s => `Warranty claims on ${s.vehicles} ${s.fleet}`,
      () => 'Repairs that the maker should have paid',
      s => `Warranty at ${s.company}`,
    ],
    probes: [
      s =>
        `When a two-year-old ${s.vehicle} is repaired in your own workshop, who checks the warranty first?`,
      () => 'How much came back from manufacturers last year?',
      s => `Does ${s.incumbent} warn the foreman that a part is still under warranty?`,
    ],
    stories: [
      s =>
        `We bought ${s.newVehicles} new ${s.fleet} since last year and have filed exactly two claims. That cannot be right.`,
      () => 'The old part is in the bin before anyone thinks of warranty.',
      s =>
        `${s.colleague} went through one quarter by hand and found ${s.count} repairs that the maker should have paid.`,
    ],
    costs: [
      s => `That sample alone was ${s.cur} ${s.money} a year if it is typical.`,
      () => 'The dealer is friendly as long as we do not claim anything.',
      () => 'We have no time to write claims, so we pay twice: once for the vehicle and once for the repair.',
    ],
    proofs: [
      s => `One operator with ${s.peer} vehicles recovered its yearly fee by May, from warranty alone.`,
      () =>
        'The job card turns amber when a part is under warranty, and the claim is filled in from the job.',
    ],
    questions: [
      {
        topic: 'makers covered',
        ask: () => 'Which manufacturers can you file claims with directly?',
        answer: () =>
          'Five truck makers electronically today; for others we produce the form with photos and you send it.',
      },
      {
        topic: 'past repairs',
        ask: () => 'Could you run it over the repairs of last year, just to see?',
        answer: () =>
          "Gladly: send us an export of last year's jobs and you get a list of likely claims within a week, free of charge.",
      },
    ],
  },
  electric: {
    module: 'Battery Health',
    topic: 'the move to electric vehicles',
    subjects: [
      s => `Electric ${s.fleet} and the workshop`,
      () => 'Battery health across a mixed fleet',
      s => `${s.newVehicles} electric vehicles at ${s.company}`,
    ],
    probes: [
      s => `How many of your ${s.vehicles} ${s.fleet} are electric by the end of next year?`,
      () => 'Who watches the batteries: the lessor, the workshop or nobody yet?',
      s => `Is your workshop in ${s.city} certified for high voltage, or will that go outside?`,
    ],
    stories: [
      s =>
        `${s.newVehicles} electric vehicles arrive in ${s.month}, and our maintenance plans are all for diesel.`,
      s =>
        `Range on some vehicles dropped by ${s.pct} % in winter and nobody could tell me whether that is the battery or the driver.`,
      () =>
        'Two of our people are certified for high voltage. The rest must not even open the cover, and the planning does not know that.',
    ],
    costs: [
      () => 'A battery outside its warranty is the price of a small car.',
      s => `If we return the leased ones with poor batteries it costs us ${s.cur} ${s.money}.`,
      () => 'The subsidy demands a report on availability, which we cannot produce.',
    ],
    proofs: [
      s =>
        `A city fleet with ${s.peer} vehicles found three batteries losing capacity early, and claimed all three in time.`,
      () => 'The planner knows who may work on high voltage and keeps such jobs away from everyone else.',
    ],
    questions: [
      {
        topic: 'battery data',
        ask: () => 'Where does the battery data come from if the maker does not share it?',
        answer: () =>
          'From the charge sessions: energy in against percentage gained gives capacity within two points after some twenty charges.',
      },
      {
        topic: 'reports for the subsidy',
        ask: () => 'Is there a report per vehicle that we can hand to the funding body?',
        answer: () => 'Yes, availability, distance and energy per vehicle and month as PDF or spreadsheet.',
      },
    ],
  },
};
