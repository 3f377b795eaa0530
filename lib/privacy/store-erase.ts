import { sql } from 'drizzle-orm';
import { erasedText, type Erased, type Whom } from '#lib/core/erasure.ts';
import type { HeldPart } from '#lib/core/held.ts';
import { patternOf } from '#lib/core/marks.ts';
import type { Subject } from '#lib/core/subject.ts';
import { rowsOf, type TenantTx } from '#lib/platform/db.ts';
import { redactRows } from '#lib/platform/store-redact.ts';
import { among } from '#lib/platform/store-among.ts';

/** Removes a person's objection and silences why holds were put on them, that there were any stays known. */
export async function erase(tx: TenantTx, { subjects, marks }: Whom): Promise<Erased> {
  const pattern = patternOf(marks);
  const own = sql`tenant_id = ${tx.tenantId}`;
  const gone = await rowsOf(
    tx.sql,
    sql`delete from objections where ${own} and ${among(subjects)} returning 1 as one`,
  );
  const silenced = await rowsOf(
    tx.sql,
    sql`update legal_holds set reason = ${erasedText} where ${own} and ${among(subjects)} returning 1 as one`,
  );
  return {
    objections: gone.length + (await redactRows(tx, { table: 'objections', text: ['reason'] }, pattern)),
    legal_holds:
      silenced.length + (await redactRows(tx, { table: 'legal_holds', text: ['reason'] }, pattern)),
  };
}

/** Objections and holds of a person. */
export async function held(tx: TenantTx, subjects: readonly Subject[]): Promise<HeldPart[]> {
  const own = sql`tenant_id = ${tx.tenantId}`;
  const of = (table: string) =>
    rowsOf(tx.sql, sql`select * from ${sql.raw(table)} where ${own} and ${among(subjects)} order by at`);
  const from = 'users of Sidecard';
  return [
    {
      what: 'Objections to profiling',
      from,
      why: 'To respect them.',
      kept: 'Until the person is erased.',
      rows: await of('objections'),
    },
    {
      what: 'Legal holds',
      from,
      why: 'To keep what has to be kept.',
      kept: 'For as long as there is a ledger; without the reason once the person is erased.',
      rows: await of('legal_holds'),
    },
  ];
}
