import { compare } from '#lib/core/compare.ts';
import { sql, type SQL } from 'drizzle-orm';
import type { ToldValue } from '#drizzle/schema/graph.ts';
import type { Fact } from '#lib/core/fact.ts';
import { subjectKey, type Subject, type SubjectKey } from '#lib/core/subject.ts';
import { toInstant } from '#lib/core/time.ts';
import { rowsOf, type TenantTx } from '#lib/platform/db.ts';
import { ARCHIVED } from './learn-record.ts';
import { isOwn } from './own-first.ts';
import { keysFrom } from './store-keys.ts';
import { livesOf } from './store-lives.ts';
import { milliseconds, subjectIn, type Row, type When } from './store-when.ts';

/** A value that was told, its times in milliseconds. */
interface Told {
  name: string;
  value: string | null;
  validAt: number;
  learntAt: number;
  version: string;
}

/** A row of `fact_sets`; `i` is the place in the list that was asked for of the subject that it is about. */
interface SetRow extends Row {
  i: number;
  learnt_at: number;
  version: string;
  told: ToldValue[];
}

/** A subquery for each subject, so that the index is used whatever the planner knows of the table. */
async function readSets(
  tx: TenantTx,
  keys: { defined?: SQL; from: SQL },
  { asOf, view }: When,
): Promise<SetRow[]> {
  const learnt = view === 'as-learnt' ? sql`and f.learnt_at <= ${asOf}::timestamptz` : sql``;
  const rows = await rowsOf(
    tx.sql,
    sql`${keys.defined ?? sql``}
      select keys.i, keys.crm, keys.object, keys.record_id, f.learnt_at, f.version, f.told
      from ${keys.from}
      cross join lateral (
        select ${milliseconds('f.learnt_at')} as learnt_at, f.version, f.values as told from fact_sets f
        where f.crm = keys.crm and f.object = keys.object and f.record_id = keys.record_id ${learnt}
        order by f.learnt_at, f.version offset 0
      ) f`,
  );
  return rows as SetRow[];
}

/**
 * The values in some sets of one record that were known then, by what `keyOf` says: of several the one that is true
 * since later, then the one that was learnt later. Oldest first.
 */
function newestTold(rows: readonly SetRow[], when: When, keyOf: (told: ToldValue) => string): Told[] {
  const last = when.view === 'as-recorded' ? Date.parse(when.asOf) : Infinity;
  const newest = new Map<string, Told>();
  for (const row of rows)
    for (const told of row.told) {
      const [name, value, validAt, version = row.version] = told;
      const there = newest.get(keyOf(told));
      if (validAt > last || (there && later(there, { validAt, learntAt: row.learnt_at }))) continue;
      newest.set(keyOf(told), { name, value, validAt, learntAt: row.learnt_at, version });
    }
  return [...newest.values()].sort((a, b) => a.validAt - b.validAt || compare(a.name, b.name));
}

type Times = Pick<Told, 'validAt' | 'learntAt'>;

const later = (a: Times, b: Times): boolean =>
  a.validAt > b.validAt || (a.validAt === b.validAt && a.learntAt > b.learntAt);

function factIn(told: Told, { crm, object, id }: Subject, view: When['view']): Fact {
  const { name, value, version } = told;
  const at = toInstant(told.validAt);
  return {
    name,
    value,
    at,
    // By the CRM's own times, what was recorded was known.
    learntAt: view === 'as-recorded' ? at : toInstant(told.learntAt),
    source: { crm, object, id, field: name, version },
  };
}

/** The newest value of each field (of those asked for) of each subject that was known then. */
export async function readNewest(
  tx: TenantTx,
  subjects: readonly Subject[],
  when: When,
  asked?: (name: string) => boolean,
): Promise<Map<SubjectKey, Record<string, Fact>>> {
  if (subjects.length === 0) return new Map();
  const rows = await readSets(tx, { from: keysFrom(subjects) }, when);
  const newest = new Map<SubjectKey, Record<string, Fact>>();
  for (const [i, sets] of Map.groupBy(rows, row => row.i)) {
    const subject = subjects[i];
    const all = newestTold(sets, when, ([name]) => name);
    const told = asked ? all.filter(one => asked(one.name)) : all;
    if (!subject || told.length === 0) continue;
    newest.set(
      subjectKey(subject),
      Object.fromEntries(told.map(one => [one.name, factIn(one, subject, when.view)])),
    );
  }
  return newest;
}

/**
 * Every value that was known then, oldest first: of several that were learnt for one moment, the last. What a subject
 * was before has its part in it, each fact with the record that it came from; that this one is archived says nothing of
 * the subject.
 */
export async function readHistory(
  tx: TenantTx,
  subjects: readonly Subject[],
  when: When,
): Promise<Map<SubjectKey, Fact[]>> {
  if (subjects.length === 0) return new Map();
  const rows = await readSets(
    tx,
    { defined: sql`with recursive ${livesOf(keysFrom(subjects), when)}`, from: sql`lives keys` },
    when,
  );
  const grouped = Map.groupBy(rows, row => row.i);
  return new Map(
    subjects.map((subject, i) => {
      const lives = Map.groupBy(grouped.get(i) ?? [], row => subjectKey(subjectIn(row)));
      const history = [...lives.values()].flatMap(sets => {
        const [first] = sets;
        const life = first ? subjectIn(first) : subject;
        return newestTold(sets, when, ([name, , validAt]) => `${validAt} ${name}`).map(told =>
          factIn(told, life, when.view),
        );
      });
      return [subjectKey(subject), ownLast(subject, history)];
    }),
  );
}

/** Of two facts at one moment the subject's own counts, and comes later. */
function ownLast(subject: Subject, history: Fact[]): Fact[] {
  const own = isOwn(subject);
  if (history.every(own)) return history;
  return history
    .filter(fact => own(fact) || fact.name !== ARCHIVED)
    .sort((a, b) => compare(a.at, b.at) || Number(own(a)) - Number(own(b)) || compare(a.name, b.name));
}
