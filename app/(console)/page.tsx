import { Inbox } from '#components/console/inbox.tsx';
import { read } from '#lib/edge/page.ts';
import { inboxView } from '#lib/views/inbox.ts';
import { PageProblem } from './problem.tsx';
import { Refresher } from './refresher.tsx';

export default async function InboxPage() {
  const data = await read((tx, scope, flow) => inboxView(tx, scope, flow.now()));
  if (!data.ok) return <PageProblem problem={data.problem} />;
  return (
    <>
      <Refresher seconds={10} />
      <Inbox view={data.value} />
    </>
  );
}
