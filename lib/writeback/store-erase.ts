import { sql, type SQL } from 'drizzle-orm';
import type { Erased, Whom } from '#lib/core/erasure.ts';
import type { HeldPart } from '#lib/core/held.ts';
import { patternOf } from '#lib/core/marks.ts';
import type { Subject } from '#lib/core/subject.ts';
import { rowsOf, type TenantTx } from '#lib/platform/db.ts';
import { among, countChanged } from '#lib/platform/store-among.ts';
import { redactRows } from '#lib/platform/store-redact.ts';

const listed = (ids: readonly string[]): SQL =>
  sql`(select json_array_elements_text(${JSON.stringify(ids)}::text::json))`;

/**
 * Empties what was written for decisions about a person, so that it stays known that something was, and takes the person
 * out of the rest. What was written cannot be taken back here any more.
 */
export async function erase(
  tx: TenantTx,
  { subjects, activities, marks }: Whom,
  decisionIds: readonly string[],
): Promise<Erased> {
  const own = sql`tenant_id = ${tx.tenantId}`;
  const pattern = patternOf(marks);
  const gone = [...subjects, ...activities];
  const refs = gone.map(({ crm, object, id }) => `${crm}:${object}:${id}`);
  const words = { table: 'writes', text: ['problem'], json: ['before', 'receipt'] };
  return {
    writes:
      (await countChanged(
        tx,
        sql`update writes set before = null, problem = null, receipt = case when receipt is null then null
            else receipt || '{"before": {}, "after": {}}'::jsonb end
          where ${own} and (decision_id in ${listed(decisionIds)} or
            (receipt #>> '{ref,crm}') || ':' || (receipt #>> '{ref,object}') || ':' || (receipt #>> '{ref,id}')
              in ${listed(refs)})`,
      )) + (await redactRows(tx, words, pattern)),
    contact_budget: await countChanged(
      tx,
      sql`delete from contact_budget where ${own} and ${among(subjects)}`,
    ),
    contact_budget_locks: await countChanged(
      tx,
      sql`delete from contact_budget_locks where ${own} and ${among(subjects)}`,
    ),
    written_scores:
      (await countChanged(tx, sql`delete from written_scores where ${own} and ${among(subjects)}`)) +
      (await redactRows(tx, { table: 'written_scores', text: ['problem'] }, pattern)),
  };
}

/** What was written to the CRM about a person, and what was promised. */
export async function held(
  tx: TenantTx,
  subjects: readonly Subject[],
  decisionIds: readonly string[],
): Promise<HeldPart[]> {
  const own = sql`tenant_id = ${tx.tenantId}`;
  const kept = 'Until the person is erased here or in the CRM.';
  return [
    {
      what: 'What was written to the CRM, with the values before and after',
      from: 'made by Sidecard',
      why: 'To take it back.',
      kept,
      rows: await rowsOf(
        tx.sql,
        sql`select change_id, direction, decision_id, state, before, receipt, reserved_at, settled_at from writes
          where ${own} and decision_id in ${listed(decisionIds)} order by reserved_at`,
      ),
    },
    {
      what: 'Suggested touches, counted by week',
      from: 'made by Sidecard',
      why: 'So that nobody is contacted too often.',
      kept,
      rows: await rowsOf(
        tx.sql,
        sql`select change_id, at from contact_budget where ${own} and ${among(subjects)} order by at`,
      ),
    },
    {
      what: 'Score in the CRM’s own fields',
      from: 'made by Sidecard',
      why: 'To show it in the CRM’s lists.',
      kept,
      rows: await rowsOf(tx.sql, sql`select * from written_scores where ${own} and ${among(subjects)}`),
    },
  ];
}
