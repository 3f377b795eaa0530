import type { Book } from './book.ts';
import { DAY, HOUR, inOfficeHours, season } from './calendar.ts';
import { createFirms } from './firms.ts';
import { SCENES, type Scene } from './journeys/live.ts';
import { createPerson } from './people.ts';
import type { Firm, Person } from './person.ts';
import type { Random } from './random.ts';

type Role = { person: Person; scene?: Scene; index: number };
export type Cast = { firms: Firm[]; leads: Role[]; others: Person[] };

const FIRMS = 120;
const CUSTOMERS = 38;
const LEADS = 300;
const OTHERS = 97;

/** Everyone who appears: firms, leads of the year (some with a scene of today), and contacts of customers. */
export function createCast(book: Book, random: Random): Cast {
  const { now } = book;
  const firms = createFirms(FIRMS, CUSTOMERS, now, random.fork('firms')).map(firm => ({
    ...firm,
    id: book.reserve('companies'),
  }));
  const taken = new Set<string>();
  const admit = (firm: Firm, at: number, lead: boolean, by: Random): Person => ({
    ...createPerson(firm, at, lead, taken, by),
    id: book.reserve('contacts'),
  });
  const prospects = firms.slice(CUSTOMERS);
  const sensible = prospects.filter(firm => firm.fit > 0.3);
  const live = SCENES.flatMap(scene => Array.from({ length: scene.count }, (_, index) => ({ scene, index })));
  const leads: Role[] = Array.from({ length: LEADS }, (_, i) => {
    const by = random.fork(`lead ${i}`);
    const role = live[i];
    if (!role) return { person: admit(by.pick(prospects), arrivalTime(now, by), true, by), index: i };
    const age = role.scene.age[0] + by.next() * (role.scene.age[1] - role.scene.age[0]);
    return { person: admit(by.pick(sensible), now - age * DAY, true, by), ...role };
  });
  const others = Array.from({ length: OTHERS }, (_, i) => {
    const by = random.fork(`other ${i}`);
    const firm =
      i < CUSTOMERS ? firms[i]! : by.chance(0.42) ? by.pick(firms.slice(0, CUSTOMERS)) : by.pick(prospects);
    const earliest = firm.customer ? 372 : 60;
    return admit(
      firm,
      now - by.int(earliest, firm.customer ? 480 : 362) * DAY - by.int(1, 9) * HOUR,
      false,
      by,
    );
  });
  return { firms, leads, others };
}

/** A moment in the last year, more often in busy seasons and mostly in office hours. */
function arrivalTime(now: number, random: Random): number {
  for (;;) {
    const at = now - (36 + random.next() * 326) * DAY;
    if (random.next() * 1.25 > season(at)) continue;
    return random.chance(0.2) ? at : inOfficeHours(at, 'Europe/Berlin', random);
  }
}
