import type { Fact, QualityFlag } from '#lib/core/fact.ts';
import { circleRule } from './circles.ts';
import { dateRules } from './dates.ts';
import { numberRules } from './numbers.ts';
import { peopleRules } from './people.ts';
import { fieldWords, oddOf, type Unchecked, type ValueRule, type WholeRule } from './rule.ts';
import { textRules } from './texts.ts';
import { wholeRules } from './wholes.ts';

const valueRules: readonly ValueRule[] = [...dateRules, ...numberRules, ...peopleRules, ...textRules];
const otherRules: readonly WholeRule[] = [...wholeRules, circleRule];

/** Which rules speak of a field: asked once for each name. An account has some hundreds of them. */
const rulesByField = new Map<string, readonly ValueRule[]>();
const mostFields = 10_000;

function rulesFor(field: string): readonly ValueRule[] {
  let rules = rulesByField.get(field);
  if (!rules) {
    rules = valueRules.filter(rule => rule.concerns(field));
    if (rulesByField.size >= mostFields) rulesByField.clear();
    rulesByField.set(field, rules);
  }
  return rules;
}

/** A record full of oddities says no more than this many do. */
const mostFlags = 50;

/**
 * What is odd about what was known of a subject, its activities and its owner: it is stored and used as given, and nobody
 * corrects it. It follows from the facts alone, so that it is what would have been said at that time.
 */
export function flagsOf(known: Unchecked): QualityFlag[] {
  const asOf = Date.parse(known.asOf);
  const zone = ownerZoneOf(known);
  const flags = [
    ...Object.entries(known.fields).flatMap(([name, fact]) => oddIn(name, fact, asOf)),
    ...(zone
      ? oddIn('timezone', zone, asOf).map(flag => ({ ...flag, text: `The owner’s ${lower(flag.text)}` }))
      : []),
    ...otherRules.flatMap(({ name, flags: look }) => look(known).map(flag => ({ rule: name, ...flag }))),
  ];
  return flags.slice(0, mostFlags);
}

function oddIn(name: string, fact: Fact, asOf: number): QualityFlag[] {
  const { value } = fact;
  if (!value?.trim()) return [];
  const given = { field: name.toLowerCase(), value, asOf };
  return rulesFor(given.field).flatMap(rule => {
    const oddity = rule.oddity(given);
    return oddity === null ? [] : [{ rule: rule.name, ...oddOf(fact, `${fieldWords(name)} ${oddity}`) }];
  });
}

const ownerZoneOf = ({ owner }: Unchecked): Fact | undefined =>
  owner?.fields?.['hs_timezone'] ?? owner?.fields?.['timezone'];

const lower = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);
