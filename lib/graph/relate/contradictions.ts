import { evidenceOfFact, evidenceOfTouch } from '#lib/core/evidence-of.ts';
import type { Fact } from '#lib/core/fact.ts';
import { isPerson, subjectKey, type Subject } from '#lib/core/subject.ts';
import { DAY_MS, toInstant, type Instant } from '#lib/core/time.ts';
import type { Contradiction } from '../graph-shapes.ts';
import { competes, competitorsIn } from './competes.ts';
import { lexiconOf, look } from './lexicon.ts';
import { delayIn, type Delay } from './on-hold.ts';
import { around, textOf } from './said.ts';
import { isAmong, nodeOf, tookPlace, type Scene, type SceneTouch } from './scene.ts';

/** What was said longer ago may be settled. */
const DAYS = 120;
/** A purchase that is frozen cannot be closed within so many days after it was said. */
const FROZEN_DAYS = 60;
const choseAnother =
  /\b(?:chose|chosen|selected|decided\s+(?:for|on)|signed\s+with|went\s+with|gone\s+with|going\s+with|go\s+with|awarded(?:\s+\w+){0,3}\s+to)\s+(?:(?:a|another|the)\s+(?:competitor|vendor|supplier|provider)|someone\s+else|another\s+(?:solution|product|system))\b/i;
const choseNamed =
  /\b(?:chose|chosen|selected|decided\s+(?:for|on)|signed\s+with|went\s+with|gone\s+with|going\s+with|go\s+with)\s+$/i;
const left =
  /\b(?:(?:no\s+longer|not\s+any\s*more|doesn.t)\s+works?(?:\s+(?:here|there|for\s+us|with\s+us|at\s+\S+)(?:\s+any\s*more)?)|(?:has|have)\s+left\s+(?:the\s+)?(?:company|us|our)|is\s+no\s+longer\s+with\s+(?:us|the\s+company)|left\s+the\s+company|(?:arbeitet|ist)\s+nicht\s+mehr\s+(?:bei\s+uns|im\s+(?:haus|unternehmen)))\b/i;

/**
 * What was said in the last 120 days that a field does not agree with: a purchase that waits until a day after the one on
 * which its opportunity is to close, a frozen budget before an early close, a competitor who was chosen while the opportunity
 * is open, and somebody who left and still stands at the account. Each by rule, with both sides; the newest of each first.
 */
export function contradictionsIn(scene: Scene, about: Subject): Contradiction[] {
  const since = toInstant(Date.parse(scene.asOf) - DAYS * DAY_MS);
  const recent = scene.touches
    .filter(({ touch }) => tookPlace(touch, scene.asOf) && touch.at >= since)
    .map(one => ({ ...one, text: textOf(one.touch) }));
  const delays = recent.flatMap(one => {
    const delay = delayIn(one.text, one.touch.at);
    return delay ? [{ ...one, delay }] : [];
  });
  const departures = recent.filter(({ text }) => left.test(text));
  const found = [
    ...dealsOf(scene, about).flatMap(deal => {
      const mine = standsOn(scene, deal);
      return [delayed(scene, deal, delays.filter(mine)), lost(scene, deal, recent.filter(mine))].filter(
        one => one !== null,
      );
    }),
    ...peopleOf(scene, about).flatMap(person => gone(scene, person, departures) ?? []),
  ];
  return found.sort((a, b) => (a.said.at < b.said.at ? 1 : -1));
}

/** Open opportunities that have to do with the subject. */
function dealsOf(scene: Scene, about: Subject): Subject[] {
  const mine =
    about.object === 'deals'
      ? [about]
      : isPerson(about)
        ? scene.deals.filter(deal => involvedIn(scene, deal)(about))
        : scene.deals;
  return mine.filter(deal => isOpen(factsOf(scene, deal)));
}

const peopleOf = (scene: Scene, about: Subject): readonly Subject[] =>
  isPerson(about)
    ? [about]
    : about.object === 'deals'
      ? scene.people.filter(involvedIn(scene, about))
      : scene.people;

const factsOf = (scene: Scene, one: Subject): Readonly<Record<string, Fact>> =>
  scene.known.get(subjectKey(one)) ?? {};

const isOpen = (facts: Readonly<Record<string, Fact>>): boolean =>
  facts['record_archived']?.value !== 'true' &&
  facts['hs_is_closed']?.value !== 'true' &&
  !/closed|won|lost/i.test(facts['dealstage']?.value ?? '');

function involvedIn(scene: Scene, deal: Subject): (person: Subject) => boolean {
  const isDeal = isAmong([deal]);
  return isAmong(scene.links.flatMap(({ from, to }) => (isDeal(from) ? [to] : isDeal(to) ? [from] : [])));
}

/** Whether a touch stands on the opportunity or on one of its people. */
function standsOn(scene: Scene, deal: Subject): (one: SceneTouch) => boolean {
  const isDeal = isAmong([deal]);
  const isInvolved = involvedIn(scene, deal);
  return ({ about }) => about.some(one => isDeal(one) || (isPerson(one) && isInvolved(one)));
}

type Said = SceneTouch & { text: string };

/** Only the newest word counts, and none from before the date was changed: whoever moved it may have heard. */
function delayed(
  scene: Scene,
  deal: Subject,
  said: readonly (Said & { delay: Delay })[],
): Contradiction | null {
  const close = factsOf(scene, deal)['closedate'];
  const closeAt = timeOf(close?.value);
  const [newest] = said;
  if (!close || closeAt === null || !newest || close.at > newest.touch.at) return null;
  const { touch, text, delay } = newest;
  const limit = delay.until ?? toInstant(Date.parse(touch.at) + FROZEN_DAYS * DAY_MS);
  if (closeAt >= limit || closeAt < touch.at) return null;
  const what =
    delay.until !== null
      ? `nothing happens before ${dayOf(delay.until)}`
      : delay.rule === 'budget-frozen'
        ? 'the budget is frozen'
        : 'it is on hold';
  return contradiction(newest, {
    rule: delay.rule,
    about: nodeOf(scene, deal),
    words: around(touch, text, delay.index, delay.length),
    field: close,
    text: `On ${dayOf(touch.at)} it was said that ${what}, but the close date is ${dayOf(closeAt)}.`,
  });
}

function lost(scene: Scene, deal: Subject, said: readonly Said[]): Contradiction | null {
  const stage = factsOf(scene, deal)['dealstage'];
  if (!stage?.value) return null;
  const rivals = lexiconOf(competitorsIn(competes(scene)).map(node => ({ words: node.name, means: node })));
  for (const one of said) {
    const { touch, text } = one;
    const another = choseAnother.exec(text);
    const named = [...look(text, [rivals])].find(([, { index }]) =>
      choseNamed.test(text.slice(Math.max(0, index - 60), index)),
    );
    const at = another ? { index: another.index, length: another[0].length } : named?.[1];
    if (!at) continue;
    if (stage.at > touch.at) return null;
    return contradiction(one, {
      rule: 'chose-a-competitor',
      about: nodeOf(scene, deal),
      words: around(touch, text, at.index, at.length),
      field: stage,
      text: `On ${dayOf(touch.at)} it was said that they chose ${named ? named[0].name : 'a competitor'}, but the opportunity is still open.`,
    });
  }
  return null;
}

/** Somebody of whom it was said that they left: by their own mailbox, or by name in what others say. */
function gone(scene: Scene, person: Subject, said: readonly Said[]): Contradiction | null {
  const facts = factsOf(scene, person);
  const field = facts['jobtitle'] ?? facts['email'] ?? facts['lastname'];
  if (!field || facts['record_archived']?.value === 'true') return null;
  const node = nodeOf(scene, person);
  const isMe = isAmong([person]);
  const name = lexiconOf([{ words: node.name, means: node }]);
  for (const one of said) {
    const { touch, text, about } = one;
    const found = left.exec(text);
    const named = found !== null && look(sentenceAt(text, found.index), [name]).size > 0;
    const ownMailbox =
      about.length === 1 && about.some(isMe) && touch.direction === 'in' && touch.channel === 'email';
    if (!found || (!named && !ownMailbox)) continue;
    if (field.at > touch.at) return null;
    return contradiction(one, {
      rule: 'left-the-company',
      about: node,
      words: around(touch, text, found.index, found[0].length),
      field,
      text: `On ${dayOf(touch.at)} it was said that ${node.name} no longer works there, but the record still says “${(field.value ?? '').slice(0, 80).toWellFormed()}”.`,
    });
  }
  return null;
}

const sentenceAt = (text: string, index: number): string => {
  const before =
    text
      .slice(Math.max(0, index - 200), index)
      .split(/[.!?\n]/)
      .at(-1) ?? '';
  return before + (text.slice(index, index + 200).split(/[.!?\n]/)[0] ?? '');
};

const dayOf = (at: Instant): string => at.slice(0, 10);

/** A CRM's date or time, also in milliseconds since 1970; null: none that can be read. */
function timeOf(value: string | null | undefined): Instant | null {
  const text = value?.trim();
  if (!text) return null;
  const time = new Date(/^\d{10,14}$/.test(text) ? Number(text) : text);
  return Number.isNaN(time.getTime()) || time.getUTCFullYear() > 9999 || time.getUTCFullYear() < 1
    ? null
    : toInstant(time);
}

function contradiction(
  { touch, about: on }: SceneTouch,
  { words, field, ...rest }: Pick<Contradiction, 'rule' | 'about' | 'text'> & { words: string; field: Fact },
): Contradiction {
  const page = on.find(isPerson) ?? on[0] ?? touch.ref;
  return {
    ...rest,
    said: evidenceOfTouch(touch, page, words),
    field: evidenceOfFact(field),
    learntAt: touch.learntAt > field.learntAt ? touch.learntAt : field.learntAt,
  };
}
