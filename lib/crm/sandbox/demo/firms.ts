import { DAY } from './calendar.ts';
import { REPS, type Rep } from './owners.ts';
import type { Firm } from './person.ts';
import type { Random } from './random.ts';
import { PLACES, type Place } from './words/places.ts';
import { SECTORS } from './words/sectors.ts';

const INCUMBENTS = [
  ['Excel', 30],
  ['paper job cards', 16],
  ['the ERP', 14],
  ['the old in-house system', 10],
  ['Wrenchpoint', 12],
  ['FleetLedger', 10],
  ['DepotDesk', 8],
] as const;

const TERRITORY: Record<string, [id: string, weight: number][]> = {
  Germany: [
    ['70013', 5],
    ['70011', 1],
  ],
  'United Kingdom': [['70012', 1]],
  Netherlands: [['70014', 1]],
  Sweden: [['70011', 1]],
  Poland: [
    ['70013', 1],
    ['70014', 1],
  ],
  Spain: [
    ['70018', 3],
    ['70016', 1],
  ],
  Italy: [['70015', 1]],
  'United States': [
    ['70017', 3],
    ['70016', 1],
  ],
};

function territoryRep(place: Place, random: Random): Rep {
  const id = random.weighted(TERRITORY[place.country] ?? [['70011', 1]]);
  return REPS.find(rep => rep.id === id) ?? REPS[0]!;
}

const plain = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .replaceAll('ł', 'l')
    .replaceAll('Ł', 'L')
    .replaceAll('ı', 'i');

/** Lower-case ASCII for addresses: "Łódź & Co" becomes "lodz-co". */
export const slug = (text: string): string =>
  plain(text)
    .toLowerCase()
    .replaceAll('ß', 'ss')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');

/** Best near 180 vehicles; a handful needs no software, thousands buy from someone bigger. */
const sizeFit = (vehicles: number): number =>
  Math.max(-1.2, 0.8 - ((Math.log(vehicles) - Math.log(180)) / 1.25) ** 2);

function createFirm(
  index: number,
  taken: Set<string>,
  now: number,
  customer: boolean,
  random: Random,
): Omit<Firm, 'id'> {
  const place = random.weighted(PLACES.map(p => [p, p.weight] as const));
  let shortName: string;
  let sector;
  do {
    sector = random.weighted(SECTORS.map(s => [s, customer ? s.weight * (1.6 + s.fit) : s.weight] as const));
    shortName = `${random.pick(sector.stems)} ${random.pick(sector.names)}`;
  } while (taken.has(shortName));
  taken.add(shortName);
  const employees = Math.min(6000, Math.max(12, Math.round(Math.exp(5.4 + random.normal() * 0.95))));
  const share = (sector.density / 100) * Math.exp(random.normal() * 0.3);
  const vehicles = Math.max(5, Math.round(employees * share));
  return {
    shortName,
    name: `${shortName} ${random.pick(place.suffixes)}`,
    domain: `${slug(shortName)}.example`,
    sector,
    place,
    city: random.pick(place.cities),
    employees,
    vehicles,
    sites: Math.max(2, Math.round(Math.sqrt(vehicles) / 4 + random.normal() * 0.8)),
    vehiclePrice: random.pick([120, 132, 144, 168, 192]) + (place.currency === 'USD' ? 24 : 0),
    incumbent: random.weighted(INCUMBENTS),
    fit: sector.fit + sizeFit(vehicles),
    rep: territoryRep(place, random),
    customer,
    createdAt: now - random.int(customer ? 500 : 372, customer ? 1100 : 800) * DAY + index * 61_000,
  };
}

/** `customers` of the `count` firms bought before the story starts. */
export function createFirms(
  count: number,
  customers: number,
  now: number,
  random: Random,
): Omit<Firm, 'id'>[] {
  const taken = new Set<string>();
  return Array.from({ length: count }, (_, i) => createFirm(i, taken, now, i < customers, random));
}
