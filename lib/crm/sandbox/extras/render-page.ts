import { renderPaging } from '#lib/crm/sandbox/wire/read-query.ts';

/** A page of a list that is held whole, with the total; `after` is the place in the list. */
export function renderPage<T, R>(
  all: T[],
  { after, limit }: { after: number; limit: number },
  render: (item: T) => R,
) {
  const end = after + limit;
  return {
    total: all.length,
    results: all.slice(after, end).map(render),
    ...renderPaging(end < all.length ? end : undefined),
  };
}
