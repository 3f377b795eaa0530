import type { CrmRecord } from '#lib/core/record.ts';
import type { Subject } from '#lib/core/subject.ts';
import { toInstant } from '#lib/core/time.ts';
import { connectionOf } from '#lib/crm/connections.ts';
import { enqueue } from '#lib/jobs/define.ts';
import type { TenantTx } from '#lib/platform/db.ts';
import type { Flow } from './flow.ts';
import type { Stages } from './stages.ts';

const page = 200;

/** Brings the pipeline's roll-ups up to date with what the graph knows of these deals. */
export async function refreshDeals(
  tx: TenantTx,
  deals: readonly Subject[],
  now: Date,
  s: Stages,
): Promise<void> {
  const pipelines = await s.graph.pipelines(tx);
  const home = await connectionOf(tx);
  const facts = await s.graph.factsAboutMany(tx, deals, toInstant(now));
  await s.pipeline.refresh(
    tx,
    {
      deals: facts.map(s.pipeline.dealFactsFrom),
      stages: pipelines.flatMap(s.pipeline.stageFactsFrom),
      ...(home ? { homeCurrency: home.currency } : {}),
    },
    now,
  );
}

/** The same for every deal, page by page. */
export async function refreshAllDeals(flow: Flow, tenantId: string, s: Stages): Promise<void> {
  for (let after: Subject | null = null, more = true; more;) {
    const deals: Subject[] = await flow.db.tenant(tenantId, async tx => {
      const found = await s.graph.subjectsOf(tx, 'deals', { after, limit: page });
      await refreshDeals(tx, found, flow.now(), s);
      return found;
    });
    after = deals.at(-1) ?? null;
    more = deals.length === page;
  }
}

/** No webhook tells of a new pipeline; a deal in one that we do not know does. */
export async function lookForNewPipelines(
  tx: TenantTx,
  records: readonly CrmRecord[],
  s: Stages,
): Promise<void> {
  const named = records.flatMap(({ ref, fields }) =>
    ref.object === 'deals' ? (fields['pipeline'] ?? []) : [],
  );
  if (named.length === 0) return;
  const known = new Set((await s.graph.pipelines(tx)).map(({ ref }) => ref.id));
  if (named.some(id => !known.has(id))) await enqueue(tx, 'reconcile', {}, { key: tx.tenantId });
}
