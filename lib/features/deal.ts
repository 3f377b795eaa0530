import type { Fact, Known } from '#lib/core/fact.ts';
import { nonBlank, ownOf } from './known-then.ts';
import type { Visible } from './see.ts';

type Read = (name: string) => Fact | null;

/** The deal that a record is about: itself, or the one at the account whose stage changed last. */
export type Deal = { isSubject: boolean; field: Read };

const isClosed = (field: Read): boolean =>
  field('hs_is_closed')?.value === 'true' || /^(closed|won|lost)/i.test(field('dealstage')?.value ?? '');

const reading =
  ({ fields }: Known): Read =>
  name =>
    nonBlank(ownOf(fields, name));

export const isOpenDeal = (deal: Known): boolean => !isClosed(reading(deal));

/** Null where no deal is open. */
export function openDealOf({ subject, deals, field }: Visible): Deal | null {
  if (subject.object === 'deals') return isClosed(field) ? null : { isSubject: true, field };
  const changed = (deal: Known) => Date.parse(deal.fields['dealstage']?.at ?? '') || 0;
  const [newest] = deals.filter(isOpenDeal).toSorted((a, b) => changed(b) - changed(a));
  return newest ? { isSubject: false, field: reading(newest) } : null;
}
