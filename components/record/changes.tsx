import type { ReactNode } from 'react';
import type { Change } from '#lib/core/proposal.ts';
import { Definitions } from '#components/ui/definitions.tsx';
import { Time } from '#components/ui/time.tsx';
import { capitalise, channelWord, fieldWords, objectWord } from './record-words.ts';

const Before = ({ from, to }: { from: string | null; to: string | null }) => (
  <>
    <del className="text-muted">{from ?? 'empty'}</del> → <ins className="no-underline">{to ?? 'empty'}</ins>
  </>
);

const Lines = ({ text }: { text: string }) => <span className="whitespace-pre-line">{text}</span>;

function entriesOf(change: Change): [string, ReactNode][] {
  if (change.kind === 'task')
    return [
      ['Task', change.title],
      ['Channel', channelWord(change.channel)],
      ['Due', <Time key="due" at={change.dueAt} />],
      ['For', change.ownerId && `owner ${change.ownerId}`],
      ['Text', change.body && <Lines key="text" text={change.body} />],
      ['Subject', change.draft?.subject],
      ['Message', change.draft && <Lines key="message" text={change.draft.body} />],
    ];
  if (change.kind === 'note') return [['Note', <Lines key="note" text={change.body} />]];
  const to = <Before key="to" from={change.from} to={change.to} />;
  return [[change.kind === 'field' ? capitalise(fieldWords(change.field)) : 'Owner', to]];
}

/** Everything that would be different in the CRM, in full. */
export function Changes({ changes }: { changes: readonly Change[] }) {
  return (
    <ol className="space-y-3">
      {changes.map(change => (
        <li key={change.id} className="space-y-1">
          <p className="text-xs text-muted">
            On {objectWord[change.subject.object].toLowerCase()} {change.subject.id} ({change.id})
          </p>
          <Definitions entries={entriesOf(change)} />
        </li>
      ))}
    </ol>
  );
}
