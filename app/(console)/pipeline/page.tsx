import { Pipeline } from '#components/pipeline/pipeline.tsx';
import { connectionOf } from '#lib/crm/connections.ts';
import { read } from '#lib/edge/page.ts';
import { pipelineView } from '#lib/views/pipeline.ts';
import { PageProblem } from '../problem.tsx';

export default async function PipelinePage() {
  const data = await read(async (tx, scope, flow) => ({
    view: await pipelineView(tx, scope, flow.now()),
    crmUrl: (await connectionOf(tx))?.appUrl ?? '',
  }));
  return data.ok ? <Pipeline {...data.value} /> : <PageProblem problem={data.problem} />;
}
