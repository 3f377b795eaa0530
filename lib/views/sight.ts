import type { Evidence } from '#lib/core/evidence.ts';
import type { Scope } from '#lib/core/scope.ts';
import { Subject, subjectKey } from '#lib/core/subject.ts';
import { readableAmong } from '#lib/may.ts';
import type { TenantTx } from '#lib/platform/db.ts';

/** What somebody may be shown of records and of evidence from them. */
export interface Sight {
  record: (subject: Subject | null) => boolean;
  evidence: (evidence: Evidence) => boolean;
}

/** Asks policy about all of these and about every place of this evidence at once. What is no record is seen by everybody. */
export async function sightOf(
  tx: TenantTx,
  scope: Scope,
  subjects: readonly (Subject | null)[],
  evidence: readonly Evidence[],
): Promise<Sight> {
  const all = [...subjects.filter(one => one !== null), ...evidence.flatMap(placesOf)];
  const readable = await readableAmong(tx, scope, [
    ...new Map(all.map(one => [subjectKey(one), one])).values(),
  ]);
  const record = (subject: Subject | null) => subject === null || readable.has(subjectKey(subject));
  return { record, evidence: one => placesOf(one).every(record) };
}

const activities: ReadonlySet<string> = new Set(['tasks', 'notes', 'calls', 'emails', 'meetings']);

/** The record that evidence is from, and the one on whose page it stands: who may read that reads its activities too. */
function placesOf({ crm, object, id, url }: Evidence): Subject[] {
  const [, pageObject, pageId] = /^\/([a-z_]+)\/([^/#]+)/.exec(url) ?? [];
  const page = Subject.safeParse({ crm, object: pageObject, id: pageId });
  const own = page.success && activities.has(object) ? [] : [{ crm, object, id }];
  return [...own, ...(page.success ? [page.data] : [])];
}
