import { Deals } from '#components/pipeline/deals.tsx';
import { read } from '#lib/edge/page.ts';
import { crmPagesOf } from '#lib/views/crm-pages.ts';
import { dealFilter, dealsView, filterWords } from '#lib/views/pipeline.ts';
import { PageProblem } from '../../problem.tsx';

export default async function DealsPage({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const query = await searchParams;
  const data = await read(async (tx, scope, flow) => {
    const filter = dealFilter(query);
    return {
      rows: await dealsView(tx, scope, filter, flow.now()),
      filterText: await filterWords(tx, filter),
      crmPages: await crmPagesOf(tx),
    };
  });
  return data.ok ? <Deals title="Deals" {...data.value} /> : <PageProblem problem={data.problem} />;
}
