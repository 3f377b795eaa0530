import type { Fact } from '#lib/core/fact.ts';
import { conversationsOf, WEIGHTS } from '../engaged.ts';
import { numberOf } from '../numbers.ts';
import { evidenceOf, type Visible } from '../see.ts';
import type { Derived } from '../types.ts';
import { oneLine } from '../words.ts';
import { SIZES } from './cell.ts';

const LEAST: Record<(typeof SIZES)[number], number> = {
  small: 1,
  'mid-size': 50,
  large: 500,
  'very large': 5000,
};

/** First match wins. */
const FAMILIES: [string, RegExp][] = [
  ['health', /health|hospital|medic|pharma|biotech|veterinar|clinic|wellness/],
  ['technology', /software|computer|internet|information tech|technolog|telecom|wireless|semiconductor|online media|electronics|nanotech|communications?$/],
  ['transport', /transport|logistic|truck|freight|maritime|airline|warehous|shipping|railroad(?! manu)/],
  ['education and public', /educat|school|government|public (safety|policy)|military|law enforce|judiciary|libraries|museum|non[ -]?profit|civic|religious|politic|philanthrop|research|not for profit/],
  ['finance', /financ|bank|insurance|capital|investment|accounting/],
  ['trade', /retail|wholesale|supermarket|consumer goods|e-?commerce|luxury|furniture|apparel|import|sporting goods|cosmetics/],
  ['building and energy', /construct|building|real estate|energy|oil|utilit|mining|civil eng|architect|environment|renewable|facilit/],
  ['manufacturing', /manufact|machin|automotive|industr|chemical|plastic|packag|textile|food|beverage|aerospace|aviation|shipbuild|engineering|paper|printing|glass|farm|agricultur|dairy|equipment/],
  ['services', /service|consult|market|advertis|staffing|employment|human resources|legal|law|design|media|entertain|hospitality|restaurant|travel|leisure|event|sport|security|training|publish|recreation|outsourc|relations/],
]; // prettier-ignore

/** From the account; where that does not say, from what the subject's own record says of it. */
export const either = (seen: Visible, account: string, own: string): Fact | null =>
  seen.accountField(account) ?? seen.field(own);

/** A class by how many people work there. */
export function sizeOf(seen: Visible): Derived {
  const fact = either(seen, 'numberofemployees', 'numemployees');
  const people = numberOf(fact);
  const size = people === null ? undefined : SIZES.findLast(name => people >= LEAST[name]);
  if (size === undefined)
    return { value: null, text: 'Company size is not known', evidence: evidenceOf(fact) };
  return { value: size, text: `A ${size} company`, evidence: evidenceOf(fact) };
}

/** One of a few families of industries. */
export function familyOf(seen: Visible): Derived {
  const fact = either(seen, 'industry', 'industry');
  if (!fact?.value) return { value: null, text: 'Industry is not known', evidence: [] };
  const words = fact.value.slice(0, 100).replaceAll('_', ' ').toLowerCase();
  const family = FAMILIES.find(([, rule]) => rule.test(words))?.[0] ?? 'other';
  return { value: family, text: `Industry: ${oneLine(words)}`, evidence: evidenceOf(fact) };
}

/** How they buy, by what they did in the last 90 days: the most telling that holds. */
export function behaviourOf(seen: Visible): Derived {
  const recent = <T extends { days: number }>(all: readonly T[]) => all.filter(({ days }) => days <= 90);
  const used = seen.product.filter(({ days }) => days <= 28);
  const told = recent(seen.once(conversationsOf)).map(({ one }) => one);
  const read = recent(seen.marketing).filter(({ kind }) => WEIGHTS[kind] > 0);
  const courted = recent(seen.emailsOut);
  if (used.length)
    return { value: 'trying it out', text: 'They use the product', evidence: seen.evidence(used) };
  if (told.length)
    return { value: 'talking', text: 'They are in conversation with us', evidence: seen.evidence(told) };
  if (read.length)
    return {
      value: 'reading',
      text: 'They read our pages and do not talk to us yet',
      evidence: seen.evidence(read),
    };
  if (courted.length)
    return {
      value: 'silent',
      text: 'They have not reacted to our e-mails',
      evidence: seen.evidence(courted),
    };
  return { value: 'quiet', text: 'Nothing happened with them in the last 90 days', evidence: [] };
}
