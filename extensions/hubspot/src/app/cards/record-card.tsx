import React, { useEffect, useRef } from 'react';
import { Alert, Button, ButtonRow, Divider, Flex, LoadingButton, Text } from '@hubspot/ui-extensions';
import type { Place } from './ask-sidecard.ts';
import { ScorePart } from './score-part.tsx';
import { Loading, NothingYet, Notices, Unread } from './states.tsx';
import { SuggestionPart } from './suggestion-part.tsx';
import { useSidecard } from './use-sidecard.ts';

/** The card about one record. `onChanged`: Sidecard has changed the record, so HubSpot's own fields are stale. */
export function RecordCard({
  place,
  onOpen,
  onChanged,
}: {
  place: Place;
  onOpen: (uri: string, onClose: () => void) => void;
  onChanged: () => void;
}) {
  const { view, problem, busy, read, answer, open } = useSidecard(place);
  const status = view?.suggestion?.status ?? null;
  const before = useRef(status);
  useEffect(() => {
    const changed = before.current !== null && before.current !== status;
    before.current = status;
    if (changed && (status === 'applied' || status === 'undone')) onChanged();
  }, [status, onChanged]);

  if (view === null && problem === null) return <Loading />;
  if (view === null) {
    const text = problem?.text ?? '';
    if (problem?.kind === 'unknown') return <NothingYet text={text} onRetry={() => void read()} />;
    const title =
      problem?.kind === 'offline' ? 'Sidecard cannot be reached' : 'Sidecard cannot show this record';
    return <Unread title={title} text={text} onRetry={() => void read()} />;
  }
  return (
    <Flex direction="column" gap="medium">
      {problem !== null && (
        <Alert
          title={problem.kind === 'offline' ? 'Sidecard cannot be reached' : 'That did not work'}
          variant="danger"
        >
          {problem.text}
        </Alert>
      )}
      <Notices states={view.states} />
      {view.score === null ? <Text>This record has no score yet.</Text> : <ScorePart score={view.score} />}
      {view.suggestion !== null && (
        <>
          <Divider />
          <SuggestionPart suggestion={view.suggestion} busy={busy === 'answering'} onAnswer={answer} />
        </>
      )}
      <ButtonRow>
        <LoadingButton
          variant="secondary"
          loading={busy === 'opening'}
          onClick={() => void open(url => onOpen(url, () => void read()))}
        >
          Open full card
        </LoadingButton>
        <Button variant="transparent" disabled={busy !== null} onClick={() => void read()}>
          Refresh
        </Button>
      </ButtonRow>
    </Flex>
  );
}
