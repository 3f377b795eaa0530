import type { CrmEvent, CrmRecord } from '#lib/core/record.ts';
import { isPerson, subjectKey, type CrmObject, type Subject } from '#lib/core/subject.ts';
import { toInstant } from '#lib/core/time.ts';
import { enqueue } from '#lib/jobs/define.ts';
import type { TenantTx } from '#lib/platform/db.ts';
import type { Flow } from './flow.ts';
import type { Stages } from './stages.ts';

/** A record that was claimed for settling, with the events behind it. */
export interface Claimed {
  record: Subject;
  events: CrmEvent[];
}

/** Records of a kind among these, or that these are about. */
export function concerned(records: readonly CrmRecord[], isWanted: (ref: Subject) => boolean): Subject[] {
  const all = records.flatMap(record => [record.ref, ...record.links.map(link => link.to)]);
  return [...new Map(all.filter(isWanted).map(ref => [subjectKey(ref), ref])).values()];
}

/**
 * Asks for decisions about people whose record or activities changed; for a deal that changed itself, about the deal.
 * Nothing for what only we wrote, which events say, or else what is new of the record. `claims` null: the news was found
 * by looking, not by events.
 */
export async function askForDecisions(
  tx: TenantTx,
  records: readonly CrmRecord[],
  claims: readonly Claimed[] | null,
  flow: Flow,
  s: Stages,
): Promise<void> {
  const foreign = new Map(
    claims?.map(({ record, events }) => [
      subjectKey(record),
      events.filter(event => !event.own).map(event => event.key),
    ]),
  );
  const eventsOf = (record: CrmRecord): string[] => foreign.get(subjectKey(record.ref)) ?? [];
  const wanted = new Map<string, { subject: Subject; events: string[] }>();
  const ours = await s.graph.onlyOurs(
    tx,
    records.filter(({ ref }) => isPerson(ref)),
  );
  for (const record of records) {
    if (ours.has(subjectKey(record.ref))) continue;
    if (record.archived || record.fields['sidecard_change_id']) continue;
    if (claims !== null && eventsOf(record).length === 0) continue;
    for (const subject of concernedBy(record)) {
      const known = wanted.get(subjectKey(subject))?.events ?? [];
      wanted.set(subjectKey(subject), { subject, events: [...known, ...eventsOf(record)] });
    }
  }
  for (const { subject, events } of wanted.values()) await askFor(tx, subject, events, flow);
}

/**
 * Asks for a decision about a subject that changed, once for all that changes about it now. `wait`: news that can wait
 * longer, and joins only other such news.
 */
export const askFor = (
  tx: TenantTx,
  subject: Subject,
  events: string[],
  { now, settleMs }: Flow,
  wait?: { ms: number; key: string },
): Promise<void> => {
  const at = now();
  return enqueue(
    tx,
    'decide',
    { kind: 'record-changed', task: 'follow-up', subject, events, at: toInstant(at) },
    // Its other activities and fields may still be settling: they join this one decision.
    {
      key: wait?.key ?? subjectKey(subject),
      startAfter: new Date(at.getTime() + (wait?.ms ?? settleMs / 2)),
      priority: 5,
    },
  );
};

const activities: ReadonlySet<CrmObject> = new Set(['emails', 'calls', 'meetings', 'notes', 'tasks']);

function concernedBy(record: CrmRecord): Subject[] {
  if (isPerson(record.ref) || record.ref.object === 'deals') return [record.ref];
  return activities.has(record.ref.object) ? concerned([record], isPerson) : [];
}
