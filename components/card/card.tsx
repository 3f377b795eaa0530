'use client';
import { RotateCw } from 'lucide-react';
import type { SubjectView } from '#lib/views/types.ts';
import { objectWord } from '#components/record/record-words.ts';
import { States } from '#components/record/states.tsx';
import { Button } from '#components/ui/button.tsx';
import { Notice } from '#components/ui/notice.tsx';
import { TextLink } from '#components/ui/text-link.tsx';
import { AccountLine } from './account-line.tsx';
import type { CardBusy, CardEvents } from './card-events.ts';
import { CardHistory } from './card-history.tsx';
import { CardMemory } from './card-memory.tsx';
import { LearnedBlock } from './learned-block.tsx';
import { OddLine } from './odd-line.tsx';
import { ScoreBlock } from './score-block.tsx';
import { SuggestionBlock } from './suggestion-block.tsx';
import { WasLine } from './was-line.tsx';

/**
 * The card beside a CRM record. `busy` is what it waits for, `problem` a sentence on what went wrong with the last thing
 * that was tried: an answer's form stays open with it, and closes when
 * `busy` ends without one. It knows nothing of its host: links into the CRM leave the frame.
 */
export function Card({
  view,
  busy = null,
  problem = null,
  ...events
}: { view: SubjectView; busy?: CardBusy | null; problem?: string | null } & CardEvents) {
  const { score, suggestion, crmPages } = view;
  return (
    <article aria-label={`Sidecard for ${view.name}`} className="mx-auto w-full max-w-2xl bg-surface">
      <header className="flex items-baseline justify-between gap-3 border-b border-line px-4 py-2">
        <h1 className="min-w-0 truncate font-semibold">
          {view.url === null ? (
            view.name
          ) : (
            <TextLink href={view.url} opens="top">
              {view.name}
            </TextLink>
          )}
        </h1>
        <span className="text-xs text-muted">{objectWord[view.subject.object]}</span>
      </header>
      {view.account && <AccountLine account={view.account} />}
      <WasLine subject={view.subject} was={view.was} />
      <OddLine oddities={view.oddities} crmPages={crmPages} onOpened={() => events.onOpened('evidence')} />
      {view.states.length > 0 && (
        <div className="px-4 pt-3">
          <States states={view.states} />
        </div>
      )}
      {score ? (
        <ScoreBlock score={score} crmPages={crmPages} onEvidence={() => events.onOpened('evidence')} />
      ) : (
        <p className="border-b border-line p-4 text-muted">No score yet for this record.</p>
      )}
      {problem !== null && !suggestion && (
        <div className="px-4 pt-3">
          <Notice level="problem" live>
            <p>{problem}</p>
          </Notice>
        </div>
      )}
      <LearnedBlock suggested={view.memory.suggested} busy={busy === 'teaching'} onTeach={events.onTeach} />
      {suggestion ? (
        <SuggestionBlock
          suggestion={suggestion}
          crmPages={crmPages}
          busy={busy}
          problem={problem}
          {...events}
        />
      ) : (
        <section aria-label="Suggestion" className="space-y-2 p-4">
          <p className="text-muted">Nothing has been suggested for this record yet.</p>
          <Button
            busy={busy === 'asking'}
            icon={<RotateCw aria-hidden className="size-4" />}
            onClick={events.onAsk}
          >
            Suggest a follow-up
          </Button>
        </section>
      )}
      <CardMemory
        memory={view.memory}
        subject={view.subject}
        busy={busy === 'teaching'}
        onTeach={events.onTeach}
        onOpened={() => events.onOpened('memory')}
      />
      <CardHistory history={view.history} onOpened={() => events.onOpened('history')} />
    </article>
  );
}
