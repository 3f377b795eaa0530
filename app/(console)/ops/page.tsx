import { Ops } from '#components/console/ops.tsx';
import { read } from '#lib/edge/page.ts';
import { opsView } from '#lib/views/ops.ts';
import { PageProblem } from '../problem.tsx';
import { Refresher } from '../refresher.tsx';

export default async function OpsPage() {
  const data = await read((tx, scope, flow) => opsView(tx, scope, flow.now()));
  if (!data.ok) return <PageProblem problem={data.problem} />;
  return (
    <>
      <Refresher seconds={5} />
      <Ops view={data.value} />
    </>
  );
}
