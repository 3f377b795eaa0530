'use client';
import { MemoryScope } from '#lib/core/memory.ts';
import type { MemoryLine, MemoryPageView } from '#lib/views/memory-types.ts';
import { formatCount } from '#components/ui/number-format.ts';
import { Notice } from '#components/ui/notice.tsx';
import { Empty, PageHead, Panel } from '#components/ui/panel.tsx';
import { MemoryItem } from './memory-item.tsx';
import { MemorySearch, type MemoryQuery } from './memory-search.tsx';
import { scopeWord } from './memory-words.ts';
import { SuggestedMemory } from './suggested-memory.tsx';
import { TeachForm } from './teach-form.tsx';
import type { OnTeach } from './teach-event.ts';

export interface MemoryPageProps {
  view: MemoryPageView;
  busy?: boolean;
  problem?: string | null;
  /** Goes up with every success: what was typed is then done with. */
  done?: number;
  onTeach: OnTeach;
  onSearch: (query: MemoryQuery) => void;
}

/** All that was taught and the viewer may see: what waits for a yes, what is in force, and a way to add to it. */
export function MemoryPage({ view, busy = false, problem = null, done = 0, ...events }: MemoryPageProps) {
  const { suggested, inForce, may } = view;
  const mine = suggested.filter(line => line.can);
  const mayAdd = may.own || may.team || may.account;
  return (
    <>
      <PageHead title="Memory">
        {formatCount(inForce.length)} in force · {formatCount(suggested.length)} waiting for a yes
      </PageHead>
      {problem !== null && (
        <div className="mb-4">
          <Notice level="problem" live>
            <p>{problem}</p>
          </Notice>
        </div>
      )}
      <div className="grid grid-cols-1 items-start gap-4 lg:grid-cols-[minmax(0,2fr)_minmax(0,1fr)]">
        <div className="space-y-4">
          {mine.length > 0 && (
            <Panel title="Suggested by answers" id="suggested" aside="Not in force yet">
              <ul className="space-y-2">
                {mine.map(line => (
                  <SuggestedMemory key={line.id} line={line} busy={busy} onTeach={events.onTeach} />
                ))}
              </ul>
            </Panel>
          )}
          <Panel title="In force" id="in-force">
            <MemorySearch words={view.words} scope={view.scope} onSearch={events.onSearch} />
            <InForce
              lines={inForce}
              searched={view.words !== '' || view.scope !== null}
              busy={busy}
              onTeach={events.onTeach}
            />
          </Panel>
        </div>
        {mayAdd && (
          <Panel title="Teach something" id="teach">
            <TeachForm
              key={`${done} ${view.about?.subject.id ?? ''}`}
              about={view.about}
              may={may}
              ownsRecords={view.ownsRecords}
              busy={busy}
              onTeach={events.onTeach}
            />
          </Panel>
        )}
      </div>
    </>
  );
}

function InForce({
  lines,
  searched,
  busy,
  onTeach,
}: {
  lines: readonly MemoryLine[];
  searched: boolean;
  busy: boolean;
  onTeach: OnTeach;
}) {
  if (lines.length === 0)
    return (
      <Empty>
        {searched
          ? 'Nothing that was taught fits this search.'
          : 'Nobody has taught anything yet. Reject or edit a suggestion with a reason, or type it here.'}
      </Empty>
    );
  return MemoryScope.options.map(scope => {
    const ofScope = lines.filter(line => line.scope === scope);
    if (ofScope.length === 0) return null;
    return (
      <section key={scope} aria-labelledby={`memories-${scope}`} className="pt-2">
        <h3 id={`memories-${scope}`} className="text-xs font-medium text-muted">
          {scope === 'account' ? 'About records, for everybody' : scopeWord[scope]} (
          {formatCount(ofScope.length)})
        </h3>
        <ul>
          {ofScope.map(line => (
            <MemoryItem key={line.id} line={line} busy={busy} onTeach={onTeach} showAbout />
          ))}
        </ul>
      </section>
    );
  });
}
