import { PageHead } from '#components/ui/panel.tsx';
import { read } from '#lib/edge/page.ts';
import { privacyView } from '#lib/views/privacy.ts';
import { PageProblem } from '../problem.tsx';
import { LivePrivacy } from './live-privacy.tsx';

export default async function PrivacyPage({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const { who } = await searchParams;
  const words = typeof who === 'string' ? who.slice(0, 200) : '';
  const data = await read((tx, scope, flow) => privacyView(tx, scope, words, flow.now()));
  if (!data.ok) return <PageProblem problem={data.problem} />;
  return (
    <>
      <PageHead title="Privacy">People’s rights: access, objection, erasure, and holds.</PageHead>
      <LivePrivacy view={data.value} />
    </>
  );
}
