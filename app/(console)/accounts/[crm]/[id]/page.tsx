import { Subject } from '#lib/core/subject.ts';
import { read } from '#lib/edge/page.ts';
import { accountGraphView, SpanDays } from '#lib/views/account-graph.ts';
import { PageProblem } from '../../../problem.tsx';
import { LiveAccountMap } from './live-account-map.tsx';

export default async function AccountPage({
  params,
  searchParams,
}: {
  params: Promise<{ crm: string; id: string }>;
  searchParams: Promise<{ days?: string | string[] }>;
}) {
  const account = await params;
  const { days } = await searchParams;
  const data = await read((tx, scope, flow) =>
    accountGraphView(tx, scope, Subject.parse({ ...account, object: 'companies' }), {
      now: flow.now(),
      days: SpanDays.parse(days),
    }),
  );
  return data.ok ? <LiveAccountMap view={data.value} /> : <PageProblem problem={data.problem} />;
}
