import type { Pain, PainKey } from './pain.ts';

/** Pains of keeping vehicles on the road. */
export const RUNNING_PAINS: Pick<
  Record<PainKey, Pain>,
  'breakdowns' | 'defects' | 'inspections' | 'downtime' | 'technicians'
> = {
  breakdowns: {
    module: 'Defect Reports',
    topic: 'roadside breakdowns',
    subjects: [
      s => `Breakdowns across your ${s.vehicles} ${s.fleet}`,
      s => `Roadside recoveries at ${s.company}`,
      () => 'Defects that become breakdowns',
    ],
    probes: [
      s =>
        `When one of your ${s.fleet} stops at the roadside, how often had a driver already mentioned the fault?`,
      s => `With ${s.vehicles} ${s.fleet} I would expect ${s.count} or so recoveries a month. Am I close?`,
      s => `Who at ${s.company} hears first when a ${s.vehicle} is stranded, and who pays the recovery?`,
    ],
    stories: [
      s =>
        `We had ${s.count} roadside recoveries in the last month alone, and in about half of them the driver had told somebody at the ${s.site} the week before.`,
      s =>
        `Last week a ${s.vehicle} from ${s.city} stood on the hard shoulder for five hours. The warning had been written on paper and nobody typed it in.`,
      s => `Breakdowns are the topic here right now: ${s.count} a month, and the driver usually knew.`,
    ],
    costs: [
      s =>
        `Recovery and the replacement vehicle cost us about ${s.cur} ${s.money} a year, before you count the angry customers.`,
      s => `Each one costs us a day of the ${s.vehicle} and somewhere around ${s.cur} 900.`,
      s => `${s.colleagueFirst} put it at ${s.cur} ${s.money} last year and the board has seen that figure.`,
    ],
    proofs: [
      s =>
        `A haulier with ${s.peer} vehicles cut recoveries by a third in two quarters, mostly because a defect reported before 6:00 is on the workshop board by 6:05.`,
      () =>
        'At one customer the first month of digital defect reports showed that 4 in 10 breakdowns had been announced by the driver.',
    ],
    questions: [
      {
        topic: 'offline use of the driver app',
        ask: s => `Does the driver app work without signal? Two of our ${s.sites} are in a valley.`,
        answer: () =>
          'The driver app keeps reports and photos on the phone and sends them once there is signal again; the time stamp stays the moment of the check.',
      },
      {
        topic: 'alerts',
        ask: () => 'Can a safety-critical defect block the vehicle from being planned the next morning?',
        answer: () =>
          'You decide per defect type: "do not dispatch" shows up at once for the planner, and only a workshop login can lift it.',
      },
    ],
  },
  defects: {
    module: 'Defect Reports',
    topic: 'paper walk-around checks',
    subjects: [
      s => `Walk-around checks for ${s.vehicles} ${s.fleet}`,
      () => 'From paper checks to the workshop board',
      s => `Daily checks at the ${s.sites} of ${s.company}`,
    ],
    probes: [
      s => `How do the daily checks of ${s.vehicles} ${s.fleet} reach the workshop today?`,
      s => `If I picked a defect from last Tuesday, could your team in ${s.city} show me when it was fixed?`,
      () =>
        'Are your walk-around checks still on paper pads, or already in an app that drivers like to skip?',
    ],
    stories: [
      s =>
        `Drivers fill in a pad, the pad goes into a tray at the ${s.site}, and twice a week somebody types it up. That takes us ${s.hours} hours.`,
      s =>
        `We tried an app two years ago. The drivers stopped using it after a month because it took eleven minutes per ${s.vehicle}.`,
      s =>
        `Honestly about ${s.pct} % of the check sheets come back with every box ticked and no defect, which nobody here believes.`,
    ],
    costs: [
      s => `It is ${s.hours} hours of typing a week, and when there is an accident we search boxes.`,
      s =>
        `Our insurer asked for the checks of one ${s.vehicle} in spring and we needed nine days to find them.`,
      s => `If nothing changes by ${s.month} we will have a finding in the next audit.`,
    ],
    proofs: [
      () =>
        'Our check takes a driver about two minutes, because it asks only what that vehicle type needs and shows what was reported yesterday.',
      s =>
        `A firm of your size (${s.peer} vehicles) went from 61 % to 97 % completed checks in six weeks; the fleet office stopped typing altogether.`,
    ],
    questions: [
      {
        topic: 'languages of the app',
        ask: () =>
          'Half of our drivers do not read the local language well. Which languages does the check come in?',
        answer: () =>
          'The check comes in 17 languages and each driver picks theirs; the workshop reads everything in its own.',
      },
      {
        topic: 'private phones',
        ask: () => 'Do the drivers need company phones? The works council will ask.',
        answer: () =>
          'No: it runs in the browser of any phone, or on a shared tablet at the gate. We have a two-page note for works councils that I can send.',
      },
    ],
  },
  inspections: {
    module: 'Inspection Calendar',
    topic: 'missed inspection dates',
    subjects: [
      s => `Inspection dates for ${s.vehicles} ${s.fleet}`,
      s => `Before the audit in ${s.month}`,
      () => 'Statutory inspections without the wall planner',
    ],
    probes: [
      s => `How do you keep the statutory dates of ${s.vehicles} ${s.fleet} at ${s.siteCount}?`,
      s => `Is there an audit ahead of you this year, and who would sit in the room from ${s.company}?`,
      s => `How many ${s.fleet} ran past an inspection date in the last twelve months?`,
    ],
    stories: [
      s =>
        `Three ${s.fleet} ran past their date in the first half of the year because the list sits with one person, and she was ill.`,
      s =>
        `The dates are in ${s.incumbent}, the certificates in a folder at each ${s.site}, and no one can say what is due next week.`,
      s => `We have an audit in ${s.month} and ${s.colleague} is collecting paper from ${s.siteCount}.`,
    ],
    costs: [
      () =>
        'A missed date means the vehicle is off the road at once, plus a fine, plus a conversation I do not enjoy.',
      s => `Last time it cost us ${s.cur} ${s.money} in fines and hired replacements.`,
      () => 'Our operator licence hangs on this, so it has the attention of the managing director.',
    ],
    proofs: [
      s =>
        `An operator with ${s.peer} vehicles went through its audit in a morning: every certificate was one click from the vehicle.`,
      () =>
        'The calendar plans inspections with the work that is due anyway, so a vehicle comes in once instead of three times.',
    ],
    questions: [
      {
        topic: 'certificates',
        ask: () => 'Can we attach the certificates and let the authority see them without a login?',
        answer: () =>
          'Yes, certificates sit with the vehicle, and you can share a read-only folder that expires after the audit.',
      },
      {
        topic: 'import of dates',
        ask: s => `How would our dates get out of ${s.incumbent} and into yours?`,
        answer: () =>
          'We take a spreadsheet export, map the columns with you in an hour, and load it twice: once as a trial, once for real.',
      },
    ],
  },
  downtime: {
    module: 'Workshop Planner',
    topic: 'vehicles off the road',
    subjects: [
      s => `${s.count} ${s.fleet} off the road?`,
      s => `Off-road days at ${s.company}`,
      () => 'Knowing by 7:00 what can go out',
    ],
    probes: [
      s =>
        `How many of your ${s.vehicles} ${s.fleet} are off the road this morning, and how long did it take to find out?`,
      s => `What is a day without a ${s.vehicle} worth to ${s.company}?`,
      () => 'Does the planner learn at six in the morning what the workshop knew at four in the afternoon?',
    ],
    stories: [
      s =>
        `On a normal Monday ${s.count} of our ${s.fleet} are off the road, and the planner phones every ${s.site} to find out which.`,
      s => `A ${s.vehicle} stood for nine days because everyone thought somebody else had ordered the part.`,
      s =>
        `Our availability is eighty-something percent, I think. That "I think" is the problem, with ${s.vehicles} ${s.fleet}.`,
    ],
    costs: [
      s => `Every day of a missing ${s.vehicle} is roughly ${s.cur} 450 of hire.`,
      s => `We hired replacements for ${s.cur} ${s.money} last year.`,
      () => 'We keep spare vehicles that we would not need if we knew what was going on.',
    ],
    proofs: [
      s =>
        `A company with ${s.peer} vehicles gave back six spare vehicles in the first year, simply because it saw what stood still and why.`,
      () =>
        'The morning screen shows what is off the road, since when, and what it waits for: a part, a bay or a decision.',
    ],
    questions: [
      {
        topic: 'link to dispatch',
        ask: () => 'Can our dispatch system read the availability, or is it one more screen?',
        answer: () =>
          'There is an interface that your dispatch system can read every minute; for most systems we have done it before, and a one-day test would show it.',
      },
      {
        topic: 'roll-out time',
        ask: s => `How long does it take until ${s.siteCount} run on it? We cannot stop the workshop.`,
        answer: s =>
          `We go one ${s.site} at a time, about eight working days each, and the first ends with your own team training the next.`,
      },
    ],
  },
  technicians: {
    module: 'Workshop Planner',
    topic: 'too few technicians',
    subjects: [
      s => `Workshop hours at ${s.company}`,
      () => 'More wrench time with the team you have',
      s => `Planning the workshop in ${s.city}`,
    ],
    probes: [
      s => `How many technician posts are open in ${s.city}, and how do you plan without them?`,
      () => 'If you had one more hour of work on vehicles per technician and day, what would you do with it?',
      s => `Who plans the workshop at ${s.company}, and on what?`,
    ],
    stories: [
      s => `We are four technicians short in ${s.city} and those we have spend an hour a day on paperwork.`,
      s => `The foreman plans on ${s.incumbent}. If he is on leave, nobody knows what comes in next.`,
      s =>
        `Two of the experienced people retire in ${s.month}, and what they know about our ${s.fleet} is in their heads.`,
    ],
    costs: [
      s => `We send work outside that we could do ourselves, around ${s.cur} ${s.money} a year.`,
      s => `It is ${s.hours} hours a week of people who should be under a ${s.vehicle}.`,
      () => 'The overtime bill is one thing; that people leave because of it is the other.',
    ],
    proofs: [
      () =>
        'At one workshop technicians won back 48 minutes a day: job, parts and history are on the tablet at the bay.',
      s => `A fleet of ${s.peer} took a fifth of its outside repairs back in-house with the same headcount.`,
    ],
    questions: [
      {
        topic: 'time recording',
        ask: () => 'Does it record times per technician? The union is careful about that.',
        answer: () =>
          'Times are per job; showing them per person is off unless you and the employee side agree to turn it on.',
      },
      {
        topic: 'tablets',
        ask: () => 'What hardware do we need at the bays? Ours is ten years old.',
        answer: () =>
          'Any tablet from the last five years in a rugged case; most customers use one for two bays.',
      },
    ],
  },
};
