import { and, eq, or, sql, type SQL } from 'drizzle-orm';
import { memories } from '#drizzle/schema/memory.ts';
import type { Memory } from '#lib/core/memory.ts';
import type { Subject } from '#lib/core/subject.ts';
import type { Instant } from '#lib/core/time.ts';
import type { TenantTx } from '#lib/platform/db.ts';
import { isAbout, standing } from './store.ts';

export interface MemoryFilter {
  /** Words that the text or the author's name contains. */
  words?: string;
  scope?: Memory['scope'];
}

/** What stands now, the newest first, whoever may see it: suggested and confirmed, not expired. */
export const memoriesNow = (
  tx: TenantTx,
  now: Instant,
  { words = '', scope }: MemoryFilter = {},
  limit = 500,
): Promise<Memory[]> =>
  standing(tx, now, limit, and(scope && eq(memories.scope, scope), words.trim() ? says(words) : undefined));

/** What stands now about these records, and what is private to somebody about them. */
export const memoriesAbout = (tx: TenantTx, subjects: readonly Subject[], now: Instant): Promise<Memory[]> =>
  standing(tx, now, 100, isAbout(subjects));

/** What an answer to a decision suggested to remember, and nobody has confirmed or turned down yet. */
export const suggestedBy = (tx: TenantTx, decisionId: string, now: Instant): Promise<Memory[]> =>
  standing(
    tx,
    now,
    20,
    and(eq(memories.state, 'suggested'), sql`${memories.source} ->> 'decisionId' = ${decisionId}`),
  );

function says(words: string): SQL | undefined {
  const pattern = `%${words
    .replaceAll('\0', '')
    .trim()
    .replaceAll(/[\\%_]/g, String.raw`\$&`)}%`;
  return or(sql`${memories.text} ilike ${pattern}`, sql`${memories.authorName} ilike ${pattern}`);
}
