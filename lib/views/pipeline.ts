import type { Scope } from '#lib/core/scope.ts';
import { accountNames, ownersOf } from '#lib/graph/read.ts';
import { mayDo } from '#lib/may.ts';
import { readDeals, readPipeline, type DealFilter } from '#lib/pipeline/read.ts';
import type { TenantTx } from '#lib/platform/db.ts';
import type { DealRow, PipelineView } from './types.ts';

const names = async (tx: TenantTx) => ({ owners: await ownersOf(tx), accounts: await accountNames(tx) });

/** The manager's page. Throws AppError('forbidden'). */
export async function pipelineView(tx: TenantTx, scope: Scope, now: Date): Promise<PipelineView> {
  await mayDo(tx, scope, 'view_pipeline');
  return readPipeline(tx, now, await names(tx));
}

/** The deals behind a number of the page. Throws AppError('forbidden'). */
export async function dealsView(
  tx: TenantTx,
  scope: Scope,
  filter: DealFilter,
  now: Date,
): Promise<DealRow[]> {
  await mayDo(tx, scope, 'view_pipeline');
  return readDeals(tx, filter, now, await names(tx));
}

const one = (value: string | string[] | undefined): string | undefined =>
  Array.isArray(value) ? value[0] : value;

/** The page's query as a filter; names that it does not know are left out. */
export function dealFilter(query: Record<string, string | string[] | undefined>): DealFilter {
  const entries = (['stage', 'pipeline', 'owner', 'flag', 'change', 'state', 'currency'] as const).flatMap(
    name => {
      const value = one(query[name]);
      return value === undefined ? [] : [[name, value]];
    },
  );
  return Object.fromEntries(entries) as DealFilter;
}

/** The filter in words, for the head of the list. */
export async function filterWords(tx: TenantTx, filter: DealFilter): Promise<string> {
  const owners = await ownersOf(tx);
  return Object.entries(filter)
    .map(
      ([name, value]) =>
        `${name} ${name === 'owner' ? (owners.get(String(value)) ?? 'nobody') : String(value)}`,
    )
    .join(', ');
}
