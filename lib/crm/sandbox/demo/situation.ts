import { DAY, monthName } from './calendar.ts';
import type { Situation } from './words/pain.ts';
import { PAINS } from './words/pains.ts';
import type { Person } from './person.ts';
import type { Random } from './random.ts';

const COMPETITORS = ['Wrenchpoint', 'FleetLedger', 'DepotDesk', 'Axlio'];
const amount = (value: number): string => Math.round(value).toLocaleString('en-US');

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
    siteCount:
      company.sites === 1 ? `one ${company.sector.site}` : `${company.sites} ${company.sector.sites}`,
    vehicles,
    peer: Math.round((vehicles * (0.7 + random.next() * 0.8)) / 5) * 5 + 10,
    newVehicles: Math.max(3, Math.round(vehicles * (0.06 + random.next() * 0.12))),
    count: Math.max(3, Math.round(vehicles * (0.02 + random.next() * 0.04))),
    invoices: Math.max(20, Math.round(vehicles * (0.5 + random.next()))),
    hours: random.int(6, 26),
    pct: random.int(12, 38),
    money: amount(Math.max(6, Math.round((vehicles * random.int(90, 260)) / 1000)) * 1000),
    price: amount(company.vehiclePrice * vehicles),
    cur: company.place.currency,
    month: monthName(at + random.int(75, 150) * DAY),
    pastMonth: monthName(at - random.int(60, 120) * DAY),
    incumbent: company.incumbent,
    competitor: COMPETITORS.includes(company.incumbent) ? random.pick(COMPETITORS.filter(name => name !== company.incumbent)) : random.pick(COMPETITORS), // prettier-ignore
    colleague: colleague.name,
    colleagueFirst: colleague.first,
    event: person.event,
  };
}
