import type { z } from 'zod';
import type { HubSpot } from './api.ts';
import { pageOf } from './wire.ts';

interface PageRequest {
  path: string;
  after: string | null;
  query?: Record<string, string>;
  doing: string;
}

/** One page of a list, and where the next one starts. */
export async function readPage<T extends z.ZodType>(
  hubspot: HubSpot,
  { path, after, query = {}, doing }: PageRequest,
  result: T,
): Promise<{ results: z.infer<T>[]; next: string | null }> {
  const wanted = { limit: '100', ...query, ...(after === null ? {} : { after }) };
  const page = await hubspot.send({ method: 'GET', path, query: wanted, doing }, pageOf(result));
  return { results: page.results, next: page.paging?.next?.after ?? null };
}

/** A whole list, for what is few. */
export async function readAll<T extends z.ZodType>(
  hubspot: HubSpot,
  request: Omit<PageRequest, 'after'>,
  result: T,
): Promise<z.infer<T>[]> {
  const all: z.infer<T>[] = [];
  for (let after: string | null = null, more = true; more;) {
    const page: { results: z.infer<T>[]; next: string | null } = await readPage(
      hubspot,
      { ...request, after },
      result,
    );
    all.push(...page.results);
    after = page.next;
    more = after !== null;
  }
  return all;
}
