import { DAY, monthName } from './calendar.ts';
import type { Situation } from './words/pain.ts';
import { PAINS } from './words/pains.ts';
import type { Person } from './person.ts';
import type { Random } from './random.ts';

const COMPETITORS = ['Wrenchpoint', 'FleetLedger', 'DepotDesk', 'Axlio'];
export const inWords = (value: number): string => Math.round(value).toLocaleString('en-US');

/** `at` is when the story begins; months named in it lie around that time. */
export function createSituation(
  person: Person,
  colleague: { first: string; name: string },
  at: number,
  random: Random,
): Situation {
  const { company } = person;
  const pain = PAINS[random.pick(company.sector.pains)];
  const vehicles = company.vehicles;
  const ahead = at + random.int(75, 150) * DAY;
  return {
    pain,
    question: random.pick(pain.questions),
    first: person.first,
    company: company.shortName,
    city: person.city,
    fleet: company.sector.fleet,
    vehicle: company.sector.vehicle,
    site: company.sector.site,
    sites: company.sector.sites,
    siteCount: `${company.sites} ${company.sector.sites}`,
    vehicles,
    peer: Math.max(45, Math.round((vehicles * (0.7 + random.next() * 0.8)) / 5) * 5 + 10),
    newVehicles: Math.max(3, Math.round(vehicles * (0.06 + random.next() * 0.12))),
    count: Math.max(3, Math.round(vehicles * (0.02 + random.next() * 0.04))),
    invoices: Math.max(20, Math.round(vehicles * (0.5 + random.next()))),
    hours: random.int(6, 26),
    pct: random.int(12, 38),
    money: inWords(Math.max(6, Math.round((vehicles * random.int(240, 620)) / 1000)) * 1000),
    price: inWords(company.vehiclePrice * vehicles),
    cur: company.place.currency,
    month: monthName(ahead),
    monthAt: ahead,
    pastMonth: monthName(at - random.int(60, 120) * DAY),
    incumbent: company.incumbent,
    competitor: COMPETITORS.includes(company.incumbent)
      ? random.pick(COMPETITORS.filter(name => name !== company.incumbent))
      : random.pick(COMPETITORS),
    colleague: colleague.name,
    colleagueFirst: colleague.first,
    event: person.event,
  };
}

/** Names a later month once the story has come near the one that it spoke of. */
export function moveMonths(s: Situation, at: number): void {
  if (at < s.monthAt - 25 * DAY) return;
  s.monthAt = at + 95 * DAY;
  s.month = monthName(s.monthAt);
  s.pastMonth = monthName(at - 62 * DAY);
}
