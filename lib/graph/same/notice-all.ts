import type { Subject } from '#lib/core/subject.ts';
import type { Instant } from '#lib/core/time.ts';
import type { TenantTx } from '#lib/platform/db.ts';
import { noticeSame } from './notice-same.ts';
import { listMarked } from './store-same.ts';

/**
 * As when they are read from the CRM, of people and accounts that are there already: finds who is the same. Answers those
 * that were looked at, in the order of kind and id; `after` is the last of the page before.
 */
export async function noticeAllSame(
  tx: TenantTx,
  page: { after: Subject | null; limit: number },
  at: Instant,
): Promise<Subject[]> {
  const marked = await listMarked(tx, page);
  await noticeSame(
    tx,
    marked.map(({ subject, fields }) => ({ subject, before: null, after: fields })),
    at,
  );
  return marked.map(({ subject }) => subject);
}
