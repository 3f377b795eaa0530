import type { Scope } from '#lib/core/scope.ts';
import type { Flow } from '#lib/flow.ts';
import type { TenantTx } from '#lib/platform/db.ts';
import { processFlow } from './open-process.ts';
import { problemOf, type Problem } from './problem.ts';
import { requestScope } from './route.ts';

export type PageData<T> = { ok: true; value: T; scope: Scope } | { ok: false; problem: Problem };

/** The seam of every page: who is asking, one reading transaction, errors as something to show. */
export async function read<T>(
  run: (tx: TenantTx, scope: Scope, flow: Flow) => Promise<T>,
): Promise<PageData<T>> {
  try {
    const scope = await requestScope();
    const flow = processFlow();
    return { ok: true, scope, value: await flow.db.tenant(scope.tenantId, tx => run(tx, scope, flow)) };
  } catch (error) {
    return { ok: false, problem: problemOf(error) };
  }
}
