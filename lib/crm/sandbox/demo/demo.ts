import type { SeedSet } from '#lib/crm/sandbox/seed.ts';
import { createBook } from './book.ts';
import { createCast, type Cast } from './cast.ts';
import { DAY } from './calendar.ts';
import { tellAccounts } from './deals/accounts.ts';
import { tellDeal } from './deals/deal.ts';
import { drawIntent } from './journeys/intent.ts';
import { tellLead } from './journeys/lead.ts';
import { tellScene } from './journeys/live.ts';
import { describeAutomation } from './extras/automation.ts';
import { tellGoods } from './extras/goods.ts';
import { tellTargets } from './extras/targets.ts';
import { tellTickets } from './extras/tickets.ts';
import { ownersAt } from './owners.ts';
import type { Person } from './person.ts';
import { PIPELINES } from './pipelines.ts';
import { PROPERTIES } from './properties.ts';
import { createRandom } from './random.ts';
import { beginStory } from './story.ts';
import { writeDuplicates, writeFirms, writePeople } from './write.ts';

/**
 * A year in the CRM of a company that sells fleet-maintenance software: leads, deals and what was written and said,
 * told story by story from `seed`. The same seed and `now` give the same set; only booked meetings, tasks and hoped
 * close dates lie after `now`.
 */
export function generateDemo({ seed, now }: { seed: number; now: Date }): SeedSet {
  const random = createRandom(seed);
  const book = createBook(now.getTime());
  const cast = createCast(book, random);
  for (const { person, scene, index } of cast.leads) {
    const by = random.fork(`story ${person.id}`);
    const story = beginStory(book, person, colleagueOf(person, cast, by.next()), by);
    if (scene) tellScene(story, scene, index);
    else if (tellLead(story, drawIntent(person, by))) tellDeal(story, 'new');
  }
  tellAccounts(book, cast, random);
  writeFirms(book, cast.firms);
  writePeople(book, [...cast.leads.map(role => role.person), ...cast.others]);
  writeDuplicates(
    book,
    cast.leads.map(role => role.person),
    random.fork('duplicates'),
  );
  tellGoods(book, random.fork('goods'));
  tellTickets(book, random.fork('tickets'));
  tellTargets(book, random.fork('targets'));
  const automation = describeAutomation(book, random.fork('automation'));
  const records = book.records.sort(
    (a, b) =>
      a.createdAt.localeCompare(b.createdAt) || a.type.localeCompare(b.type) || a.id.localeCompare(b.id),
  );
  const owners = ownersAt(now.getTime());
  return { owners, pipelines: PIPELINES, properties: PROPERTIES, records, ...automation };
}

/** Someone else at the same firm, known by then and with their own story told already, for the texts to name. */
function colleagueOf(person: Person, cast: Cast, draw: number): Person | undefined {
  const told = cast.leads.map(role => role.person).filter(lead => Number(lead.id) < Number(person.id));
  const known = [...cast.others, ...told].filter(
    other =>
      other.company === person.company &&
      other !== person &&
      other.first !== person.first &&
      other.createdAt < person.createdAt + 10 * DAY,
  );
  return known[Math.floor(draw * known.length)];
}
