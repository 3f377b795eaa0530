import { Pipeline } from '#components/pipeline/pipeline.tsx';
import { read } from '#lib/edge/page.ts';
import { crmPagesOf } from '#lib/views/crm-pages.ts';
import { pipelineView } from '#lib/views/pipeline.ts';
import { PageProblem } from '../problem.tsx';

export default async function PipelinePage() {
  const data = await read(async (tx, scope, flow) => ({
    view: await pipelineView(tx, scope, flow.now()),
    crmPages: await crmPagesOf(tx),
  }));
  return data.ok ? <Pipeline {...data.value} /> : <PageProblem problem={data.problem} />;
}
