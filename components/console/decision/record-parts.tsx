import type { ReactNode } from 'react';
import type { Lineage } from '#lib/core/decision.ts';
import type { DecisionView } from '#lib/views/types.ts';
import { crmWord, modeWord, objectWord, taskWord, triggerWord } from '#components/record/record-words.ts';
import { Definitions } from '#components/ui/definitions.tsx';
import { Disclosure } from '#components/ui/disclosure.tsx';
import { Hash } from '#components/ui/hash.tsx';
import { countOf } from '#components/ui/number-format.ts';
import { Empty } from '#components/ui/panel.tsx';
import { Cell, HeadCell, Table } from '#components/ui/table.tsx';
import { Time } from '#components/ui/time.tsx';

export function TriggerPart({ trigger }: { trigger: Lineage['trigger'] }) {
  const { subject } = trigger;
  return (
    <>
      <Definitions
        entries={[
          ['What', triggerWord[trigger.kind]],
          ['When', <Time key="at" at={trigger.at} />],
          ['Record', `${objectWord[subject.object]} ${subject.id} in ${crmWord[subject.crm]}`],
          ['Task', taskWord[trigger.task]],
        ]}
      />
      {trigger.events.length > 0 && (
        <Disclosure summary={countOf(trigger.events.length, 'CRM event')}>
          <ul className="font-mono text-xs">
            {trigger.events.map(event => (
              <li key={event}>{event}</li>
            ))}
          </ul>
        </Disclosure>
      )}
    </>
  );
}

export function ReleasePart({ lineage }: { lineage: Lineage }) {
  const { release, mode, asOf } = lineage;
  return (
    <Definitions
      entries={[
        [
          'Release',
          <>
            {release.name} <Hash value={release.id} length={14} />
          </>,
        ],
        ['Made', <Time key="made" at={release.createdAt} />],
        ['Suggested', modeWord[mode]],
        ['Facts as of', <Time key="asOf" at={asOf} />],
        ...Object.entries(release.artifacts).map(([kind, hash]): [string, ReactNode] => [
          kind,
          <Hash key={kind} value={hash} />,
        ]),
      ]}
    />
  );
}

const answerWord: Record<string, string> = {
  approve: 'Approved unchanged',
  edit: 'Approved with edits',
  reject: 'Rejected',
  question: 'Question asked',
  snooze: 'Snoozed',
};

export function AnswerPart({ answer }: { answer: DecisionView['suggestion']['answer'] }) {
  if (answer === null) return <Empty>No person has answered.</Empty>;
  return (
    <p>
      {answerWord[answer.kind] ?? answer.kind} by {answer.by}, <Time at={answer.at} />
      {answer.reason && <>: “{answer.reason}”</>}
    </p>
  );
}

export function MomentsPart({ moments }: { moments: DecisionView['moments'] }) {
  if (moments.length === 0) return <Empty>None kept yet.</Empty>;
  return (
    <ol className="space-y-1">
      {moments.map(moment => (
        <li key={`${moment.kind} ${moment.at}`}>
          <Time at={moment.at} /> · <span className="font-medium">{moment.kind}</span>
          {moment.by && <span className="text-muted"> by {moment.by}</span>}
        </li>
      ))}
    </ol>
  );
}

export function LedgerPart({ audit }: { audit: DecisionView['audit'] }) {
  if (audit.length === 0) return <Empty>No entries.</Empty>;
  return (
    <Table caption="Ledger entries of this decision">
      <thead>
        <tr>
          <HeadCell numeric>No.</HeadCell>
          <HeadCell>When</HeadCell>
          <HeadCell>What</HeadCell>
          <HeadCell>Who</HeadCell>
          <HeadCell>Leaf</HeadCell>
        </tr>
      </thead>
      <tbody>
        {audit.map(entry => (
          <tr key={entry.leaf}>
            <Cell numeric>{entry.seq ?? <span title="Not in the tree yet">–</span>}</Cell>
            <Cell className="whitespace-nowrap">
              <Time at={entry.at} />
            </Cell>
            <Cell>
              <span className="font-medium">{entry.kind}</span> {entry.text}
            </Cell>
            <Cell>{entry.by}</Cell>
            <Cell>
              <Hash value={entry.leaf} />
            </Cell>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}
