import type { Fact, Facts } from '#lib/core/fact.ts';
import type { Instant } from '#lib/core/time.ts';

export type LeadOutcome = { state: 'open' } | { state: 'won' | 'lost'; at: Instant };

const WON = new Set(['opportunity', 'customer']);
const LOST = new Set(['unqualified', 'bad_timing']);

/**
 * How a lead stood at a time: won since its life-cycle stage first was opportunity or customer, whatever came after;
 * lost while its newest lead status is unqualified or bad timing, since that began.
 */
export function leadOutcome(facts: Facts, asOf: Instant): LeadOutcome {
  const won = momentsOf(facts, 'lifecyclestage', asOf).find(moment => WON.has(wordOf(moment)));
  if (won) return { state: 'won', at: won.at };
  const statuses = momentsOf(facts, 'hs_lead_status', asOf);
  const lost = statuses[statuses.findLastIndex(moment => !LOST.has(wordOf(moment))) + 1];
  return lost ? { state: 'lost', at: lost.at } : { state: 'open' };
}

/** What was known of a field then, oldest first; its current value where the CRM keeps no history. */
function momentsOf(facts: Facts, name: string, asOf: Instant): Fact[] {
  const now = Date.parse(asOf);
  const current = facts.fields[name];
  return [...facts.history.filter(fact => fact.name === name), ...(current ? [current] : [])]
    .filter(fact => Date.parse(fact.at) <= now && Date.parse(fact.learntAt) <= now)
    .sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
}

const wordOf = (fact: Fact): string => (fact.value ?? '').trim().toLowerCase();
