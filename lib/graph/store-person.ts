import { sql, type SQL } from 'drizzle-orm';
import type { HeldPart } from '#lib/core/held.ts';
import type { Mark } from '#lib/core/erasure.ts';
import { patternOf } from '#lib/core/marks.ts';
import type { HeldValue } from '#lib/core/marks-of.ts';
import { isPerson, Subject, subjectKey } from '#lib/core/subject.ts';
import { rowsOf, type TenantTx } from '#lib/platform/db.ts';
import { matches } from '#lib/platform/store-redact.ts';
import { keysFrom } from './store-keys.ts';
import { kinOf } from './store-lives.ts';
import { NOW, text } from './store-when.ts';
import { ACTIVITIES } from './touch-of.ts';

const peopleWith = async (tx: TenantTx, email: string): Promise<Subject[]> => {
  const rows = await rowsOf(
    tx.sql,
    sql`select crm, object, record_id as id from entities
      where tenant_id = ${tx.tenantId} and lower(email) = ${email.trim().toLowerCase()}
      order by crm, object, record_id`,
  );
  return rows.map(row => Subject.parse(row)).filter(isPerson);
};

/**
 * Every record that one person is or was: of a record, or of those with an address, what they became, were before, and are
 * taken to be the same as.
 */
export async function recordsOf(
  tx: TenantTx,
  who: { subject: Subject } | { email: string },
): Promise<Subject[]> {
  const found = new Map<string, Subject>();
  const add = (all: readonly Subject[]): Subject[] => {
    const fresh = all.filter(one => isPerson(one) && !found.has(subjectKey(one)));
    for (const one of fresh) found.set(subjectKey(one), one);
    return fresh;
  };
  let next = add('subject' in who ? [who.subject] : await peopleWith(tx, who.email));
  while (next.length > 0) {
    const lives = await rowsOf(
      tx.sql,
      sql`with recursive ${kinOf(keysFrom(next), NOW)}
        select distinct crm, object, record_id as id from lives
        union select r.crm, r.to_object, r.to_id from relations r
        join ${keysFrom(next)} on r.crm = keys.crm and r.object = keys.object and r.record_id = keys.record_id
        where r.kind = 'became'`,
    );
    next = add(lives.map(row => Subject.parse(row)));
  }
  return [...found.values()];
}

/** Every value that the records' fields have or had. */
export async function valuesOf(tx: TenantTx, subjects: readonly Subject[]): Promise<HeldValue[]> {
  const rows = await rowsOf(
    tx.sql,
    sql`select distinct f.object, told.value ->> 0 as name, told.value ->> 1 as value
      from fact_sets f join ${keysFrom(subjects)}
        on f.crm = keys.crm and f.object = keys.object and f.record_id = keys.record_id
      cross join lateral json_array_elements(f.values) told
      where f.tenant_id = ${tx.tenantId} and coalesce(told.value ->> 1, '') <> ''
      order by 1, 2, 3`,
  );
  return rows.map(row => ({
    object: text(row['object']),
    name: text(row['name']),
    value: text(row['value']),
  }));
}

/** Activities of a person: those with nobody else from outside, and those with others too. */
export async function activitiesOf(
  tx: TenantTx,
  subjects: readonly Subject[],
): Promise<{ alone: Subject[]; shared: Subject[] }> {
  const rows = await rowsOf(
    tx.sql,
    sql`with mine as (
        select distinct r.crm, r.object, r.record_id from relations r
        join ${keysFrom(subjects)} on r.crm = keys.crm and r.to_object = keys.object and r.to_id = keys.record_id
        where r.tenant_id = ${tx.tenantId} and r.object in (${list(ACTIVITIES)})
        union
        select distinct r.crm, r.to_object, r.to_id from relations r
        join ${keysFrom(subjects)} on r.crm = keys.crm and r.object = keys.object and r.record_id = keys.record_id
        where r.tenant_id = ${tx.tenantId} and r.to_object in (${list(ACTIVITIES)})
      ), people as (
        select m.crm, m.object, m.record_id, o.object as person_object, o.record_id as person_id
        from mine m cross join lateral (
          select r.to_object as object, r.to_id as record_id from relations r
          where r.tenant_id = ${tx.tenantId} and r.crm = m.crm and r.object = m.object and r.record_id = m.record_id
          union
          select r.object, r.record_id from relations r
          where r.tenant_id = ${tx.tenantId} and r.crm = m.crm and r.to_object = m.object and r.to_id = m.record_id
        ) o where o.object in ('contacts', 'leads')
      )
      select m.crm, m.object, m.record_id as id, exists (
        select 1 from people p where p.crm = m.crm and p.object = m.object and p.record_id = m.record_id
          and (p.crm, p.person_object, p.person_id) not in (
            select keys.crm, keys.object, keys.record_id from ${keysFrom(subjects)})
      ) as shared from mine m order by 1, 2, 3`,
  );
  const of = (shared: boolean) => rows.filter(row => row['shared'] === shared).map(row => Subject.parse(row));
  return { alone: of(false), shared: of(true) };
}

/**
 * Those of some marks that are no other record's own too: a company's number that several give, or a name that two people
 * have, says nothing of one of them; nor does a number or a value that a deal has too. Owners who have left are still named
 * in what they did. That another record mentions a name or an address does not make it that one's.
 */
export async function ownMarks(
  tx: TenantTx,
  subjects: readonly Subject[],
  marks: readonly Mark[],
): Promise<Mark[]> {
  const own: Mark[] = [];
  for (const mark of marks) {
    const [other] = await rowsOf(
      tx.sql,
      sql`select 1 as one from entities e where e.tenant_id = ${tx.tenantId} and (not e.archived or e.object = 'owners')
        and ${mark.kind === 'phone' || mark.kind === 'value' ? sql`true` : sql`e.object in ('contacts', 'leads', 'companies', 'owners')`}
        and (e.crm, e.object, e.record_id) not in (
          select keys.crm, keys.object, keys.record_id from ${keysFrom(subjects)})
        and ${isItsOwn(mark)} limit 1`,
    );
    if (!other) own.push(mark);
  }
  return own;
}

function isItsOwn(mark: Mark): SQL {
  if (mark.kind === 'name')
    return sql`e.object <> 'companies' and lower(e.name) = ${mark.text.toLowerCase()}`;
  if (mark.kind === 'email') return sql`lower(e.email) = ${mark.text.toLowerCase()}`;
  const pattern = patternOf([mark]);
  return pattern === null ? sql`false` : matches(sql`e.fields::text`, pattern);
}

/** Whether the CRM has any of the records still, as far as is known. */
export async function isStillThere(tx: TenantTx, subjects: readonly Subject[]): Promise<boolean> {
  const [row] = await rowsOf(
    tx.sql,
    sql`select 1 as one from entities e join ${keysFrom(subjects)}
        on e.crm = keys.crm and e.object = keys.object and e.record_id = keys.record_id
      where e.tenant_id = ${tx.tenantId} and not e.archived and e.crm <> 'csv' limit 1`,
  );
  return row !== undefined;
}

const list = (names: readonly string[]) =>
  sql.join(
    names.map(name => sql`${name}`),
    sql`, `,
  );

/** Everything that the graph holds about a person. */
export async function held(tx: TenantTx, subjects: readonly Subject[]): Promise<HeldPart[]> {
  const { alone, shared } = await activitiesOf(tx, subjects);
  const values = await rowsOf(
    tx.sql,
    sql`select f.crm, f.object, f.record_id, f.version, f.learnt_at, told.value ->> 0 as field,
        told.value ->> 1 as value, to_timestamp((told.value ->> 2)::float8 / 1000) as since
      from fact_sets f join ${keysFrom(subjects)}
        on f.crm = keys.crm and f.object = keys.object and f.record_id = keys.record_id
      cross join lateral json_array_elements(f.values) told
      where f.tenant_id = ${tx.tenantId} order by f.learnt_at, 6`,
  );
  const touches = await rowsOf(
    tx.sql,
    sql`select t.crm, t.object, t.record_id, t.version, t.learnt_at, t.at, t.direction, t.title, t.body, t.status
      from touches t join ${keysFrom([...alone, ...shared])}
        on t.crm = keys.crm and t.object = keys.object and t.record_id = keys.record_id
      where t.tenant_id = ${tx.tenantId} order by t.at`,
  );
  const related = await rowsOf(
    tx.sql,
    sql`select r.crm, r.object, r.record_id, r.kind, r.to_object, r.to_id, r.valid_at, r.ended_at from relations r
      where r.tenant_id = ${tx.tenantId} and (
        (r.crm, r.object, r.record_id) in (select keys.crm, keys.object, keys.record_id from ${keysFrom(subjects)})
        or (r.crm, r.to_object, r.to_id) in (select keys.crm, keys.object, keys.record_id from ${keysFrom(subjects)}))
      order by r.learnt_at`,
  );
  const same = await rowsOf(
    tx.sql,
    sql`select i.* from identities i join ${keysFrom(subjects)}
        on i.crm = keys.crm and i.object = keys.object and i.record_id = keys.record_id
      where i.tenant_id = ${tx.tenantId}`,
  );
  const elsewhere = await rowsOf(
    tx.sql,
    sql`select i.id, i.source, i.type, i.at, i.learnt_at, i.properties from interactions i
      join ${keysFrom(subjects)} on i.crm = keys.crm and i.object = keys.object and i.record_id = keys.record_id
      where i.tenant_id = ${tx.tenantId} order by i.at`,
  );
  const why = 'To know who the person is and how the conversation stands.';
  const kept = 'Until the person is erased here or in the CRM.';
  return [
    { what: 'Values of the record, with their history', from: 'CRM or file', why, kept, rows: values },
    { what: 'E-mails, calls, meetings, notes and tasks', from: 'CRM', why, kept, rows: touches },
    { what: 'Relations to other records', from: 'CRM', why, kept, rows: related },
    {
      what: 'Records taken to be the same person',
      from: 'derived',
      why: 'So that one person is one.',
      kept,
      rows: same,
    },
    { what: 'Events of website and product', from: 'sent to Sidecard', why, kept, rows: elsewhere },
  ];
}
