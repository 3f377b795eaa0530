import React, { useState } from 'react';
import {
  Alert,
  Button,
  ButtonRow,
  Flex,
  Heading,
  List,
  LoadingButton,
  StatusTag,
  Text,
  Tile,
} from '@hubspot/ui-extensions';
import { RejectForm } from './reject-form.tsx';
import { statusWords } from './status-words.ts';
import type { Answer } from './use-sidecard.ts';
import type { Suggestion } from './view.ts';

const Draft = ({
  draft,
  writtenBy,
}: Pick<Suggestion, 'writtenBy'> & { draft: NonNullable<Suggestion['draft']> }) => (
  <Tile compact>
    <Flex direction="column" gap="extra-small">
      <Text format={{ fontWeight: 'bold' }}>{draft.subject}</Text>
      <Text>{draft.body}</Text>
      {writtenBy === 'rules' && <Text variant="microcopy">Written without a language model.</Text>}
    </Flex>
  </Tile>
);

/** The next step with its draft and reasons, and what the person says to it. */
export function SuggestionPart({
  suggestion,
  busy,
  onAnswer,
}: {
  suggestion: Suggestion;
  busy: boolean;
  onAnswer: (answer: Answer) => Promise<boolean>;
}) {
  const [rejecting, setRejecting] = useState(false);
  const { status, statusReason, draft, why, changes } = suggestion;
  const word = statusWords[status];
  const title = changes.find(change => change.title)?.title ?? 'Next step';
  return (
    <Flex direction="column" gap="small">
      <Flex direction="row" gap="small" align="center">
        <Heading>{suggestion.kind === 'abstain' ? 'No suggestion now' : title}</Heading>
        <StatusTag variant={word.variant}>{word.title}</StatusTag>
      </Flex>
      {suggestion.reason !== null && <Text>{suggestion.reason}</Text>}
      {status === 'parked' ? (
        <Alert title={word.title} variant="warning">
          {`${statusReason ?? 'It gave no reason.'} Nothing is lost: put it right and approve again, or reject.`}
        </Alert>
      ) : (
        statusReason !== null && <Text variant="microcopy">{statusReason}</Text>
      )}
      {suggestion.sendAt !== null && (
        <Text>{`${suggestion.channel ?? 'Task'}, due ${suggestion.sendAt.slice(0, 16).replace('T', ' ')} UTC`}</Text>
      )}
      {draft !== null && <Draft draft={draft} writtenBy={suggestion.writtenBy} />}
      {why.length > 0 && (
        <List variant="unordered">
          {why.map(({ text }) => (
            <Text key={text}>{text}</Text>
          ))}
        </List>
      )}
      {!suggestion.can.answer && suggestion.can.why !== '' && (
        <Text variant="microcopy">{suggestion.can.why}</Text>
      )}
      {suggestion.can.answer && !rejecting && (
        <ButtonRow>
          <LoadingButton variant="primary" loading={busy} onClick={() => void onAnswer({ kind: 'approve' })}>
            {status === 'parked' ? 'Approve again' : 'Approve'}
          </LoadingButton>
          <Button variant="secondary" disabled={busy} onClick={() => setRejecting(true)}>
            Reject
          </Button>
        </ButtonRow>
      )}
      {suggestion.can.answer && rejecting && (
        <RejectForm
          busy={busy}
          onCancel={() => setRejecting(false)}
          onReject={reason =>
            void onAnswer({ kind: 'reject', reason }).then(done => {
              if (done) setRejecting(false);
            })
          }
        />
      )}
    </Flex>
  );
}
