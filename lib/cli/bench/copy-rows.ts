import type { Bare } from './bare.ts';

/** Of each table of the graph: the columns whose ids are made anew, and those that are copied as they are. */
const tables: Record<string, { ids: string[]; rest: string[] }> = {
  entities: {
    ids: ['record_id'],
    rest: columns(
      'name email owner_id version created_at updated_at learnt_at first_learnt_at archived fields',
    ),
  },
  identity_keys: { ids: ['record_id'], rest: ['key'] },
  fact_sets: { ids: ['record_id'], rest: columns('learnt_at version record_at tells_archived values') },
  touches: {
    ids: ['record_id'],
    rest: columns(
      'version learnt_at created_at updated_at channel direction at title body status status_at owner_id thread_id our_change archived',
    ),
  },
  relations: {
    ids: ['record_id', 'to_id'],
    rest: columns('to_object kind valid_at learnt_at ended_at version touch_at'),
  },
};

function columns(names: string): string[] {
  return names.split(' ');
}

/** Copies what the graph holds of a tenant so many times, under ids that end with the number of the copy. */
export async function copyRows(bare: Bare, tenant: string, copies: number): Promise<void> {
  for (const [table, { ids, rest }] of Object.entries(tables))
    await bare.unsafe(
      `insert into ${table} (tenant_id, crm, object, ${[...ids, ...rest].join(', ')})
        select t.tenant_id, t.crm, t.object,
          ${[...ids.map(id => `t.${id} || '-' || g`), ...rest.map(name => `t.${name}`)].join(', ')}
        from generate_series(1, ${copies}) g
        cross join (select * from ${table} where tenant_id = '${tenant}' offset 0) t`,
    );
}
