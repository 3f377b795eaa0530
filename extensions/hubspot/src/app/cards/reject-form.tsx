import React, { useState } from 'react';
import { Button, ButtonRow, Flex, LoadingButton, Select, TextArea } from '@hubspot/ui-extensions';

const reasons = ['Wrong time', 'Wrong channel', 'Wrong content', 'Already done', 'Not worth pursuing'];

/** A rejection with its reason, from which Sidecard learns: a choice, words, or both. */
export function RejectForm({
  busy,
  onReject,
  onCancel,
}: {
  busy: boolean;
  onReject: (reason: string) => void;
  onCancel: () => void;
}) {
  const [quick, setQuick] = useState('');
  const [words, setWords] = useState('');
  const reason = [quick, words.trim()].filter(Boolean).join(': ');
  return (
    <Flex direction="column" gap="small">
      <Select
        name="reject-reason"
        label="Why not?"
        placeholder="Choose, or write below"
        options={reasons.map(value => ({ label: value, value }))}
        value={quick}
        onChange={value => setQuick(String(value ?? ''))}
      />
      <TextArea
        name="reject-words"
        label="In your words"
        description="A choice or a few words are needed."
        maxLength={1900}
        value={words}
        onInput={setWords}
        onChange={setWords}
      />
      <ButtonRow>
        <LoadingButton
          variant="destructive"
          loading={busy}
          disabled={reason === ''}
          onClick={() => onReject(reason)}
        >
          Reject
        </LoadingButton>
        <Button variant="secondary" disabled={busy} onClick={onCancel}>
          Cancel
        </Button>
      </ButtonRow>
    </Flex>
  );
}
