import type { Book } from '#lib/crm/sandbox/demo/book.ts';
import { DAY, inOfficeHours, season } from '#lib/crm/sandbox/demo/calendar.ts';
import type { Cast } from '#lib/crm/sandbox/demo/cast.ts';
import type { Person } from '#lib/crm/sandbox/demo/person.ts';
import type { Random } from '#lib/crm/sandbox/demo/random.ts';
import { beginStory, involveColleague } from '#lib/crm/sandbox/demo/story.ts';
import { set } from '#lib/crm/sandbox/demo/track.ts';
import { tellDeal } from './deal.ts';
import type { DealKind } from './plan.ts';

const DEALS = 300;

/** Contacts of customers and those that reps entered by hand, with their deals, until the CRM has its 300. */
export function tellAccounts(book: Book, cast: Cast, random: Random): void {
  for (const person of cast.others) {
    set(
      person.track,
      'lifecyclestage',
      person.company.customer ? 'customer' : 'opportunity',
      person.createdAt,
    );
    set(person.track, 'hubspot_owner_id', person.rep.id, person.createdAt);
  }
  const byHand = cast.others.filter(person => !person.company.customer);
  for (const person of byHand)
    tellOne(book, cast, person, 'new', person.createdAt + DAY / 24, random.fork(`hand ${person.id}`));
  const customers = cast.others.filter(person => person.company.customer);
  const renewed = new Set<string>();
  let left = DEALS - book.records.filter(record => record.type === 'deals').length;
  for (let i = 0; left > 0; i++) {
    const by = random.fork(`account ${i}`);
    const person = customers[i % customers.length]!;
    const kind = !renewed.has(person.company.id) && by.chance(0.6) ? 'renewal' : 'expansion';
    if (kind === 'renewal') renewed.add(person.company.id);
    const before = book.records.length;
    tellOne(book, cast, person, kind, accountTime(book.now, by), by);
    if (book.records.length > before) left--;
  }
}

function tellOne(book: Book, cast: Cast, person: Person, kind: DealKind, at: number, random: Random): void {
  const others = cast.others.filter(
    other => other.company === person.company && other !== person && other.first !== person.first,
  );
  const colleague = others.length > 0 ? random.pick(others) : undefined;
  const story = beginStory(book, person, colleague, random, at);
  if (random.chance(0.4)) involveColleague(story);
  tellDeal(story, kind);
}

function accountTime(now: number, random: Random): number {
  for (;;) {
    const at = now - (4 + random.next() * 361) * DAY;
    if (random.next() * 1.25 <= season(at)) return inOfficeHours(at, 'Europe/Berlin', random);
  }
}
