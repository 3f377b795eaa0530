import type { Book } from './book.ts';
import { iso } from './calendar.ts';
import type { Firm, Person } from './person.ts';
import type { Random } from './random.ts';
import { settle } from './track.ts';

/** Firms as company records. What a rep would have to ask for is missing now and then. */
export function writeFirms(book: Book, firms: Firm[]): void {
  for (const [i, firm] of firms.entries())
    book.add({
      type: 'companies',
      id: firm.id,
      at: firm.createdAt,
      properties: {
        name: i % 31 === 7 ? firm.name.toUpperCase() : firm.name,
        domain: firm.domain,
        industry: firm.sector.industry,
        numberofemployees: String(firm.employees),
        ...(i % 9 !== 4 && {
          annualrevenue: String(Math.round((firm.employees * (110 + (i % 7) * 25)) / 10) * 10_000),
        }),
        city: firm.city,
        country: firm.place.country,
        hubspot_owner_id: firm.rep.id,
        createdate: iso(firm.createdAt),
        number_of_sites: String(firm.sites),
        ...(i % 4 !== 3 && { vehicles_in_fleet: String(firm.vehicles) }),
        ...(i % 5 !== 2 && {
          current_maintenance_system: firm.customer ? 'Halvern' : firm.incumbent,
        }),
        ...(i % 6 !== 1 && { workshop_type: ['In-house', 'Mixed', 'External garages'][i % 3]! }),
        type: firm.customer ? 'OTHER' : 'PROSPECT',
      },
    });
}

export function writePeople(book: Book, people: Person[]): void {
  for (const person of people) {
    const { properties, history } = settle(person.track, book.now);
    book.add({
      type: 'contacts',
      id: person.id,
      at: person.createdAt,
      properties: { ...person.fixed, ...properties },
      history,
      associations: [{ type: 'companies', id: person.company.id }],
    });
  }
}

/** Three people typed in twice: another address, another spelling, no phone. */
export function writeDuplicates(book: Book, people: Person[], random: Random): void {
  const originals = [...people].filter(person => person.createdAt < book.now - 60 * 86_400_000);
  for (let i = 0; i < 3; i++) {
    const person = originals.splice(random.int(0, originals.length - 1), 1)[0]!;
    const { phone: _phone, jobtitle: _title, ...fixed } = person.fixed;
    const at = person.createdAt + random.int(20, 50) * 86_400_000;
    const [, domain] = person.email.split('@');
    book.add({
      type: 'contacts',
      at,
      properties: {
        ...fixed,
        firstname: i === 1 ? person.first.charAt(0) : person.first.toLowerCase(),
        email: `${i === 0 ? 'fleet' : i === 1 ? 'info' : person.first.charAt(0).toLowerCase() + '.fleet'}${i}@${domain}`,
        lifecyclestage: 'lead',
        createdate: iso(at),
      },
      associations: [{ type: 'companies', id: person.company.id }],
    });
  }
}
