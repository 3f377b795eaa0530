'use client';
import { useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import { TextArea } from '#components/ui/field.tsx';

/** A question about the suggestion, in the person's words. */
export function QuestionForm({
  busy,
  onQuestion,
  onCancel,
}: {
  busy: boolean;
  onQuestion: (text: string) => void;
  onCancel: () => void;
}) {
  const [words, setWords] = useState('');
  const text = words.trim();
  return (
    <form
      aria-label="Ask about the suggestion"
      className="space-y-3"
      onSubmit={event => {
        event.preventDefault();
        if (text !== '' && !busy) onQuestion(text);
      }}
    >
      <TextArea label="Your question" value={words} onValue={setWords} max={2000} maxLength={2000} />
      <div className="flex flex-wrap gap-2">
        <Button type="submit" look="primary" busy={busy} off={text === ''}>
          Ask
        </Button>
        <Button onClick={onCancel}>Cancel</Button>
      </div>
    </form>
  );
}
