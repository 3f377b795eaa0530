import type { StoredDeal } from './store-types.ts';
import { closeDatePast, staleStage, type RiskContext } from './risk.ts';

type Check = {
  flag: string;
  /** For one deal and for several. */
  one: string;
  many: string;
  holds: (deal: StoredDeal, context: RiskContext) => boolean;
};

const hasProblem =
  (problem: string): Check['holds'] =>
  deal =>
    deal.problems.includes(problem);

/** What is missing or doubtful in the records of open deals; a page that adds them up has to say so. */
const checks: Check[] = [
  { flag: 'missing-amount', one: 'has no amount that can be added up', many: 'have no amount that can be added up', holds: deal => deal.amountMinor === null },
  { flag: 'unreadable-amount', one: 'has an amount that is not a number', many: 'have an amount that is not a number', holds: hasProblem('unreadable-amount') },
  { flag: 'negative-amount', one: 'has a negative amount', many: 'have a negative amount', holds: hasProblem('negative-amount') },
  { flag: 'unknown-currency', one: 'has a currency that is not a currency code', many: 'have a currency that is not a currency code', holds: hasProblem('unknown-currency') },
  { flag: 'missing-close-date', one: 'has no close date', many: 'have no close date', holds: deal => deal.closeDate === null && !deal.problems.includes('unreadable-close-date') },
  { flag: 'unreadable-close-date', one: 'has a close date that cannot be read', many: 'have a close date that cannot be read', holds: hasProblem('unreadable-close-date') },
  { flag: 'close-date-past', one: 'has a close date in the past', many: 'have a close date in the past', holds: (deal, context) => closeDatePast(deal, context) !== null },
  { flag: 'missing-owner', one: 'has no owner', many: 'have no owner', holds: deal => deal.ownerId === null },
  { flag: 'unknown-stage', one: 'is in a stage that the CRM does not define', many: 'are in a stage that the CRM does not define', holds: (_, { stage }) => stage === undefined },
  { flag: 'stale-stage', one: 'has been in its stage for unusually long', many: 'have been in their stage for unusually long', holds: (deal, context) => staleStage(deal, context) !== null },
]; // prettier-ignore

/** Flags of an open deal; a closed one is not asked to be tidied up. */
export const hygieneOf = (deal: StoredDeal, context: RiskContext): string[] =>
  deal.state === 'open' ? checks.filter(check => check.holds(deal, context)).map(check => check.flag) : [];

/** One line for each flag that open deals have, with the query that leads to them. */
export function hygieneLines(flags: readonly string[]) {
  return checks.flatMap(({ flag, one, many }) => {
    const count = flags.filter(name => name === flag).length;
    if (count === 0) return [];
    const text = `${count} open ${count === 1 ? `deal ${one}` : `deals ${many}`}`;
    return [{ name: flag, text, count, filter: `flag=${flag}` }];
  });
}
