import { Releases } from '#components/console/releases.tsx';
import { read } from '#lib/edge/page.ts';
import { releasesView } from '#lib/views/releases.ts';
import { PageProblem } from '../problem.tsx';

export default async function ReleasesPage() {
  const data = await read((tx, scope) => releasesView(tx, scope));
  return data.ok ? <Releases view={data.value} /> : <PageProblem problem={data.problem} />;
}
