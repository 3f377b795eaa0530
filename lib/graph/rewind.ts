import type { Fact, Facts, Interaction, Known, Touch } from '#lib/core/fact.ts';
import type { Instant } from '#lib/core/time.ts';
import { currentOf } from './own-first.ts';
import { flagsOf } from './quality/flags-of.ts';
import { rewindRelations } from './relate-facts.ts';

/**
 * Facts read `as-recorded` at a later time, as the CRM's own times say they were at an earlier one: many looks at
 * one history with one reading. It shows at most what `factsAbout` would have shown then: of records around the
 * subject only values that are still the same, and of tasks no status. Never anything that happened later, but for
 * one thing: records that are one by now are seen as one from the beginning, since what became of a lead is the
 * outcome that its past is looked at for.
 */
export function rewind(facts: Facts, asOf: Instant): Facts {
  const history = facts.history.flatMap(fact => rewindFact(fact, asOf));
  const [account] = facts.account ? rewindKnown([facts.account], asOf) : [];
  const then = {
    ...facts,
    asOf,
    history,
    fields: currentOf(facts.subject, history),
    account: account ?? null,
    deals: rewindKnown(facts.deals, asOf),
    people: rewindKnown(facts.people, asOf),
    touches: facts.touches.flatMap(touch => rewindTouch(touch, asOf)),
    interactions: facts.interactions.flatMap(one => rewindInteraction(one, asOf)),
  };
  const related = { ...then, relations: rewindRelations(then, facts.relations) };
  return { ...related, flags: flagsOf(related) };
}

/** What happened by then counts as learnt then. */
const rewindInteraction = (one: Interaction, asOf: Instant): Interaction[] =>
  one.at > asOf ? [] : [{ ...one, learntAt: one.learntAt > asOf ? one.at : one.learntAt }];

/** What held then counts as learnt then. */
const rewindFact = (fact: Fact, asOf: Instant): Fact[] =>
  fact.at > asOf ? [] : [{ ...fact, learntAt: fact.learntAt > asOf ? fact.at : fact.learntAt }];

/** A record of which nothing held yet was not there. */
const rewindKnown = (records: readonly Known[], asOf: Instant): Known[] =>
  records
    .map(({ subject, fields }) => ({
      subject,
      fields: Object.fromEntries(
        Object.entries(fields).flatMap(([name, fact]) =>
          rewindFact(fact, asOf).map(then => [name, then] as const),
        ),
      ),
    }))
    .filter(record => Object.keys(record.fields).length > 0);

/** What happened by then; a task, and a meeting that lay ahead, where it was entered by then, its end unknown. */
function rewindTouch(touch: Touch, asOf: Instant): Touch[] {
  const planned = touch.channel === 'task' || (touch.channel === 'meeting' && touch.at > asOf);
  if (planned) return touch.learntAt <= asOf ? [{ ...touch, status: '' }] : [];
  if (touch.at > asOf) return [];
  return [{ ...touch, learntAt: touch.learntAt > asOf ? touch.at : touch.learntAt }];
}
