import { sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Fact } from '#lib/core/fact.ts';
import { subjectKey, type Subject, type SubjectKey } from '#lib/core/subject.ts';
import { rowsOf, type TenantTx } from '#lib/platform/db.ts';
import { industryKey } from './same/marks-of.ts';
import { keysFrom } from './store-keys.ts';
import { sameThen } from './store-lives.ts';
import { instant, milliseconds, subjectIn, text, until, type When } from './store-when.ts';

/** Of these, which were held to be the same person or account as another then. */
export async function listSame(
  tx: TenantTx,
  subjects: readonly Subject[],
  when: When,
): Promise<Map<SubjectKey, Subject[]>> {
  if (subjects.length === 0) return new Map();
  const rows = await rowsOf(
    tx.sql,
    sql`with recursive group_of(i, crm, object, record_id) as (
      select keys.i, keys.crm, keys.object, keys.record_id from ${keysFrom(subjects)}
      union
      select g.i, s.other_crm, s.other_object, s.other_id from group_of g
      join identities s on s.crm = g.crm and s.object = g.object and s.record_id = g.record_id and ${sameThen(when)}
    )
    select * from group_of order by i, crm, object, length(record_id), record_id`,
  );
  const same = new Map<SubjectKey, Subject[]>();
  for (const row of rows) {
    const subject = subjects[Number(row['i'])];
    if (!subject) continue;
    const other = subjectIn(row);
    if (subjectKey(other) === subjectKey(subject)) continue;
    same.set(subjectKey(subject), [...(same.get(subjectKey(subject)) ?? []), other]);
  }
  return same;
}

/** Accounts that now have this industry and country, by id: for whoever then looks what they had at another time. */
export async function listAccountsLike(
  tx: TenantTx,
  { industry, country }: { industry: string; country: string | null },
  limit: number,
): Promise<Subject[]> {
  const rows = await rowsOf(
    tx.sql,
    sql`select k.crm, k.object, k.record_id from identity_keys k
      where k.key = ${industryKey(industry, country)} and k.object = 'companies'
      order by k.crm, k.object, k.record_id limit ${limit}`,
  );
  return rows.map(row => subjectIn(row));
}

/** The CRM's products that were known then, with the names that they now have. */
export async function listProducts(
  tx: TenantTx,
  when: When,
  limit: number,
): Promise<{ subject: Subject; name: string }[]> {
  const rows = await rowsOf(
    tx.sql,
    sql`select e.crm, e.object, e.record_id, e.name from entities e
      where e.object = 'products' and not e.archived
        and ${until(when, { 'as-learnt': 'e.learnt_at', 'as-recorded': 'e.updated_at' })}
      order by e.name limit ${limit}`,
  );
  return rows.map(row => ({ subject: subjectIn(row), name: text(row['name']) }));
}

/**
 * Names and some fields of records of which only the newest state is kept (teams, products, campaigns and what stands
 * between): those that have not changed since then. Others are left out, as nobody knows what they were.
 */
export async function listStates(
  tx: TenantTx,
  subjects: readonly Subject[],
  fields: readonly string[],
  when: When,
): Promise<Map<SubjectKey, Record<string, Fact>>> {
  if (subjects.length === 0) return new Map();
  const rows = await rowsOf(
    tx.sql,
    sql`select e.crm, e.object, e.record_id, e.name, e.version, e.fields, ${milliseconds('e.updated_at')} as at,
        ${milliseconds('e.learnt_at')} as learnt_at
      from ${keysFrom(subjects)}
      join entities e on e.crm = keys.crm and e.object = keys.object and e.record_id = keys.record_id
      where not e.archived and ${until(when, { 'as-learnt': 'e.learnt_at', 'as-recorded': 'e.updated_at' })}`,
  );
  return new Map(
    rows.map(row => {
      const subject = subjectIn(row);
      const values = Fields.parse(row['fields']);
      const fact = (name: string, value: string | null): Fact => ({
        name,
        value,
        at: instant(row['at']),
        learntAt: instant(row['learnt_at']),
        source: { ...subject, field: name, version: text(row['version']) },
      });
      const named = fields.flatMap(name =>
        values[name] == null ? [] : [[name, fact(name, values[name])] as const],
      );
      return [subjectKey(subject), { name: fact('name', text(row['name'])), ...Object.fromEntries(named) }];
    }),
  );
}

const Fields = z.record(z.string(), z.string().nullable());
