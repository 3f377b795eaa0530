import { DecisionPage } from '#components/console/decision/decision-page.tsx';
import { read } from '#lib/edge/page.ts';
import { decisionView } from '#lib/views/decision.ts';
import { PageProblem } from '../../problem.tsx';

export default async function OneDecision({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  const data = await read((tx, scope) => decisionView(tx, scope, id));
  return data.ok ? <DecisionPage view={data.value} /> : <PageProblem problem={data.problem} />;
}
