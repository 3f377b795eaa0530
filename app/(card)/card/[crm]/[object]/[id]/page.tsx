import { Subject } from '#lib/core/subject.ts';
import { read } from '#lib/edge/page.ts';
import { subjectView } from '#lib/views/subject.ts';
import { LiveCard } from './live-card.tsx';

export default async function CardPage({
  params,
}: {
  params: Promise<{ crm: string; object: string; id: string }>;
}) {
  const raw = await params;
  const data = await read((tx, scope, flow) => subjectView(tx, scope, Subject.parse(raw), flow.now()));
  return data.ok ? (
    <LiveCard subject={data.value.subject} initial={data.value} problem={null} />
  ) : (
    <LiveCard subject={raw} initial={null} problem={data.problem.detail} />
  );
}
