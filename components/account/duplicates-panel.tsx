'use client';
import type { AccountGraphView, MapDuplicate, MapLife } from '#lib/views/account-graph-types.ts';
import { cardHref } from '#components/record/record-href.ts';
import { objectWord } from '#components/record/record-words.ts';
import { Button } from '#components/ui/button.tsx';
import { formatPercent } from '#components/ui/number-format.ts';
import { Empty, Panel } from '#components/ui/panel.tsx';
import { TextLink } from '#components/ui/text-link.tsx';

/** What a person says of two records. */
export type Resolution = 'same' | 'different';

const said = {
  suggested: 'Perhaps the same',
  same: 'Taken for the same',
  different: 'Kept apart',
} satisfies Record<MapDuplicate['state'], string>;

const choices = {
  suggested: [
    ['same', 'Same'],
    ['different', 'Different'],
  ],
  same: [['different', 'Take apart']],
  different: [['same', 'Same after all']],
} as const satisfies Record<MapDuplicate['state'], readonly (readonly [Resolution, string])[]>;

/** Records that may stand for one person or company, why, and what a person says of it. Nothing is changed in the CRM. */
export function DuplicatesPanel({
  view,
  busy,
  onResolve,
}: {
  view: AccountGraphView;
  busy: boolean;
  onResolve: (duplicate: MapDuplicate, resolution: Resolution) => void;
}) {
  return (
    <Panel
      id="duplicates"
      title="Possible duplicates"
      aside="Only how Sidecard reads them; the CRM stays as it is."
    >
      {view.duplicates.length === 0 && <Empty>No two records look like one.</Empty>}
      <ul className="divide-y divide-line">
        {view.duplicates.map(duplicate => {
          const [a, b] = duplicate.pair;
          return (
            <li key={`${a.subject.id} ${b.subject.id}`} className="space-y-1 py-2">
              <p>
                <Life life={a} /> and <Life life={b} />
              </p>
              <p className="text-xs text-muted">
                {said[duplicate.state]}: {duplicate.why}
                {duplicate.by === null
                  ? ` (${formatPercent(duplicate.confidence)} sure)`
                  : `, said by ${duplicate.by}`}
              </p>
              {duplicate.mayNot === null ? (
                <div className="flex flex-wrap gap-2">
                  {choices[duplicate.state].map(([resolution, label]) => (
                    <Button
                      key={resolution}
                      busy={busy}
                      aria-label={`${label}: ${a.name} and ${b.name}`}
                      onClick={() => onResolve(duplicate, resolution)}
                    >
                      {label}
                    </Button>
                  ))}
                </div>
              ) : (
                <p className="text-xs text-muted">{duplicate.mayNot}</p>
              )}
            </li>
          );
        })}
      </ul>
    </Panel>
  );
}

const Life = ({ life: { subject, name } }: { life: MapLife }) => (
  <>
    <TextLink href={cardHref(subject)}>{name}</TextLink>{' '}
    <span className="text-muted">
      ({objectWord[subject.object].toLowerCase()} {subject.id})
    </span>
  </>
);
