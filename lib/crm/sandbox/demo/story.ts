import type { Book } from './book.ts';
import { DAY, HOUR, inOfficeHours, MINUTE } from './calendar.ts';
import type { Person } from './person.ts';
import type { Random } from './random.ts';
import { createSituation, moveMonths } from './situation.ts';
import { current, set, type Track } from './track.ts';
import { createVoice, type Voice } from './voice.ts';

/**
 * One contact's story as it is told: where it stands in time (`t`, ms), who takes part, what is known. It may run
 * past now; the book and the tracks simply keep no word of that.
 */
export type Story = {
  book: Book;
  person: Person;
  /** The colleague that the texts name; `colleague` is their contact record where there is one. */
  colleague: Person | undefined;
  joined: Person[];
  voice: Voice;
  random: Random;
  t: number;
  deal: string | undefined;
};

export function beginStory(
  book: Book,
  person: Person,
  colleague: Person | undefined,
  random: Random,
  at = person.createdAt,
): Story {
  const invented = random.pick(person.company.place.first.filter(name => name !== person.first));
  const named = colleague
    ? { first: colleague.first, name: `${colleague.first} ${colleague.last}` }
    : { first: invented, name: `${invented} ${random.pick(person.company.place.last)}` };
  const s = createSituation(person, named, at, random);
  return {
    book,
    person,
    colleague,
    joined: [],
    voice: createVoice(s, random),
    random,
    t: at,
    deal: undefined,
  };
}

/** Lets about `days` pass (log-normal around it), to the next office hour of whoever acts in `zone`. */
export function wait(story: Story, days: number, zone = story.person.rep.zone, spread = 0.35): void {
  const passed = days * DAY * Math.exp(story.random.normal() * spread);
  story.t = inOfficeHours(story.t + Math.max(7 * MINUTE, passed), zone, story.random);
  moveMonths(story.voice.s, story.t);
}

/** As `wait`, for someone who also answers in the evening now and then. */
export function waitForContact(story: Story, hours: number): void {
  const { random, person } = story;
  if (random.chance(0.12)) story.t += Math.max(9 * MINUTE, hours * HOUR * Math.exp(random.normal() * 0.5));
  else wait(story, hours / 24, person.company.place.zone, 0.7);
}

/** A few minutes later, same act. */
export const tick = (story: Story): number =>
  (story.t += story.random.int(2, 9) * MINUTE + story.random.int(1, 59) * 1000);

export function note(story: Story, track: Track, property: string, value: string): void {
  set(track, property, value, tick(story));
}

export const setStatus = (story: Story, status: string): void =>
  note(story, story.person.track, 'hs_lead_status', status);

const ORDER = [
  'subscriber',
  'lead',
  'marketingqualifiedlead',
  'salesqualifiedlead',
  'opportunity',
  'customer',
];

/** Moves the lifecycle forward; it never goes back by itself. */
export function setLifecycle(story: Story, stage: string): void {
  const reached = story.person.track.get('lifecyclestage')?.at(-1)?.value ?? '';
  if (ORDER.indexOf(stage) > ORDER.indexOf(reached)) note(story, story.person.track, 'lifecyclestage', stage);
}

/** From here on the colleague takes part, if they are in the CRM by then and have not asked to be left alone. */
export function involveColleague(story: Story): void {
  const { colleague } = story;
  if (!colleague || colleague.createdAt >= story.t || story.joined.includes(colleague)) return;
  if (current(colleague.track, 'hs_email_optout') !== 'true') story.joined.push(colleague);
}

export function links(story: Story): { type: string; id: string }[] {
  return [
    ...[story.person, ...story.joined].map(person => ({ type: 'contacts', id: person.id })),
    { type: 'companies', id: story.person.company.id },
    ...(story.deal ? [{ type: 'deals', id: story.deal }] : []),
  ];
}
