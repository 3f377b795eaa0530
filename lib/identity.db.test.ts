import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CrmRecord } from '#lib/core/record.ts';
import type { Subject } from '#lib/core/subject.ts';
import { toInstant } from '#lib/core/time.ts';
import { duplicatesOf } from '#lib/graph/read.ts';
import { rowsOf } from '#lib/platform/db.ts';
import { openDemo, otherRep, owner, scopeOf, type Demo } from '#lib/platform/testing/demo/open-demo.ts';
import { confirmSame, findDuplicates, takeApart } from './identity.ts';
import { stages } from './stages.ts';

const [a, b]: Subject[] = ['9001', '9002'].map(id => ({ crm: 'hubspot', object: 'contacts', id }));
const day = '2026-01-01T00:00:00.000Z';

describe('whether two records are one', () => {
  let demo: Demo;
  beforeAll(async () => {
    demo = await openDemo({ people: 1, readIt: false });
    const records = [a, b].flatMap((ref): CrmRecord[] =>
      ref
        ? [
            {
              ref,
              version: 'v1',
              createdAt: day,
              updatedAt: day,
              archived: false,
              fields: {
                firstname: 'Ana',
                lastname: 'Alvarez',
                email: `ana${ref.id}@acme.example`,
                hubspot_owner_id: owner,
              },
              history: [],
              links: [],
            },
          ]
        : [],
    );
    await demo.tenant(tx => stages.graph.project(tx, records, day));
  });
  afterAll(() => demo.close());

  const pair = () => {
    if (!a || !b) throw new Error('two records');
    return { a, b };
  };
  const state = async () => {
    const [held] = await demo.tenant(tx => duplicatesOf(tx, pair().a, toInstant(demo.clock.now())));
    return held && [held.state, held.by];
  };

  it('is asked, then said by whoever may answer for both, on the record', async () => {
    expect(await state()).toEqual(['suggested', 'rule']);
    const rep = scopeOf('rep', owner);
    await confirmSame(demo.flow, rep, pair());
    expect(await state()).toEqual(['same', rep.actor.id]);
    demo.clock.tick(1000);
    const manager = scopeOf('manager');
    await takeApart(demo.flow, manager, pair());
    expect(await state()).toEqual(['different', manager.actor.id]);
    const kinds = await demo.tenant(tx =>
      rowsOf(tx.sql, sql`select kind, actor from audit_log where kind = 'identity-said'`),
    );
    expect(kinds).toHaveLength(2);
  });

  it('is said by nobody else', async () => {
    for (const scope of [scopeOf('rep', otherRep), scopeOf('auditor')])
      await expect(confirmSame(demo.flow, scope, pair())).rejects.toMatchObject({ code: 'forbidden' });
    expect(await state()).toEqual(['different', scopeOf('manager').actor.id]);
  });

  it('is looked for in all records without changing what was said', async () => {
    expect(await findDuplicates(demo.flow, 'demo')).toBeGreaterThanOrEqual(2);
    expect(await state()).toEqual(['different', scopeOf('manager').actor.id]);
  });
});
