/** The page that lists the deals behind a number; without a filter, all open ones. */
export function dealsHref(
  filter: Partial<Record<'stage' | 'owner' | 'flag' | 'change' | 'currency', string>> = {},
): string {
  const query = new URLSearchParams(filter).toString();
  return query === '' ? '/pipeline/deals' : `/pipeline/deals?${query}`;
}

/** A filter as views carry it: a query such as `flag=no-amount`, or the flag alone. */
export const filterHref = (filter: string): string =>
  filter.includes('=') ? `/pipeline/deals?${filter.replace(/^\?/, '')}` : dealsHref({ flag: filter });
