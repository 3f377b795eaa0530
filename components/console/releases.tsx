import type { ReleasesView } from '#lib/views/types.ts';
import { Badge } from '#components/ui/badge.tsx';
import { Disclosure } from '#components/ui/disclosure.tsx';
import { Hash } from '#components/ui/hash.tsx';
import { countOf } from '#components/ui/number-format.ts';
import { Empty, PageHead, Panel } from '#components/ui/panel.tsx';
import { Cell, HeadCell, RowHead, Table } from '#components/ui/table.tsx';
import { Time } from '#components/ui/time.tsx';
import { ModelPanel } from './model-panel.tsx';

type Release = ReleasesView['releases'][number];

const Artifacts = ({ release }: { release: Release }) => (
  <Table caption={`Artifacts of ${release.name}`}>
    <thead>
      <tr>
        <HeadCell>Kind</HeadCell>
        <HeadCell>Name</HeadCell>
        <HeadCell>Hash</HeadCell>
      </tr>
    </thead>
    <tbody>
      {release.artifacts.map(artifact => (
        <tr key={artifact.kind}>
          <RowHead>{artifact.kind}</RowHead>
          <Cell>{artifact.name}</Cell>
          <Cell>
            <Hash value={artifact.hash} />
          </Cell>
        </tr>
      ))}
    </tbody>
  </Table>
);

/** Which release decides now, what each consists of, and the model in it. */
export function Releases({ view }: { view: ReleasesView }) {
  return (
    <>
      <PageHead title="Releases">
        {view.champion ? `${view.champion.name} decides` : 'no release decides yet'}
      </PageHead>
      <div className="space-y-4">
        {view.model ? (
          <ModelPanel model={view.model} />
        ) : (
          <Panel title="Scoring model">
            <Empty>No model is trained yet; it appears once closed leads have been read.</Empty>
          </Panel>
        )}
        <Panel title="Releases" id="releases">
          {view.releases.length === 0 && <Empty>None yet.</Empty>}
          <ul>
            {view.releases.map(release => (
              <li key={release.id} className="border-b border-line py-2 first:pt-0 last:border-0 last:pb-0">
                <p className="flex flex-wrap items-center gap-2">
                  <span className="font-medium">{release.name}</span>
                  {release.id === view.champion?.id && <Badge tone="good">Champion</Badge>}
                  <span className="text-xs text-muted">
                    <Time at={release.createdAt} />
                  </span>
                </p>
                <Disclosure
                  summary={countOf(release.artifacts.length, 'artifact')}
                  open={release.id === view.champion?.id}
                >
                  <Artifacts release={release} />
                </Disclosure>
              </li>
            ))}
          </ul>
        </Panel>
        <Panel title="Policies" id="policies" aside="What none of them allows is denied">
          <ul className="columns-1 gap-6 font-mono text-xs sm:columns-2 lg:columns-3">
            {view.policies.map(policy => (
              <li key={policy} className="py-0.5">
                {policy}
              </li>
            ))}
          </ul>
        </Panel>
      </div>
    </>
  );
}
