'use client';
import { useState } from 'react';
import { longestMemory, type MemoryScope, type TaughtKind } from '#lib/core/memory.ts';
import type { MayTeach, MemoryPlace } from '#lib/views/memory-types.ts';
import { Button } from '#components/ui/button.tsx';
import { Choice } from '#components/ui/choice.tsx';
import { TextArea } from '#components/ui/field.tsx';
import { Select } from '#components/ui/select.tsx';
import { endOfDay, ExpiryField } from './expiry-field.tsx';
import { kindWord } from './memory-words.ts';
import type { OnTeach } from './teach-event.ts';

const kindsFor: Record<MemoryScope, readonly TaughtKind[]> = {
  account: ['preference', 'do-not', 'relation'],
  team: ['preference', 'do-not', 'tone'],
  private: ['signature', 'tone', 'working-hours', 'do-not', 'preference'],
};

const examples: Record<TaughtKind, string> = {
  preference: 'Prefers calls in the morning',
  'do-not': 'No e-mails before noon · Do not mention the merger',
  relation: 'Contact the assistant instead',
  tone: 'Greet with “Dear” · Keep it short',
  signature: 'Your sign-off as it stands at the end of an e-mail',
  'working-hours': 'Mon–Thu, 9:00–16:00, on the office’s clock',
};

/** Something typed by hand: in force at once. */
export function TeachForm({
  about,
  may,
  ownsRecords,
  busy,
  onTeach,
}: {
  about: MemoryPlace | null;
  may: MayTeach;
  ownsRecords: boolean;
  busy: boolean;
  onTeach: OnTeach;
}) {
  const whose = [
    ...(about && may.account ? [{ value: 'account' as const, label: `About ${about.name}` }] : []),
    ...(may.team ? [{ value: 'team' as const, label: 'The team' }] : []),
    ...(may.own ? [{ value: 'private' as const, label: 'Only me' }] : []),
    ...(may.role ? [{ value: 'reps' as const, label: 'All reps' }] : []),
  ];
  type Whose = (typeof whose)[number]['value'];
  const [chosen, setChosen] = useState<Whose>(whose[0]?.value ?? 'private');
  const scope = chosen === 'reps' ? 'private' : chosen;
  const [wanted, setKind] = useState<TaughtKind>('preference');
  const [text, setText] = useState('');
  const [until, setUntil] = useState('');
  const kinds = kindsFor[scope];
  const kind = kinds.includes(wanted) ? wanted : (kinds[0] ?? 'preference');
  const fits = text.trim() !== '' && text.trim().length <= longestMemory;
  return (
    <form
      aria-label="Teach something"
      className="space-y-3"
      onSubmit={event => {
        event.preventDefault();
        if (!fits || busy) return;
        onTeach({
          does: 'teach',
          scope,
          kind,
          text: text.trim(),
          subject: scope === 'account' && about ? about.subject : null,
          role: chosen === 'reps' ? 'rep' : null,
          expiresAt: endOfDay(until),
        });
      }}
    >
      <Choice legend="For" name="memory-scope" options={whose} value={chosen} onValue={setChosen} />
      {scope === 'private' && chosen !== 'reps' && !ownsRecords && (
        <p className="text-xs text-muted">
          Private memories shape what is written in your name. You own no records in the CRM, so nothing is
          yet.
        </p>
      )}
      <Select
        label="Kind"
        options={kinds.map(value => ({ value, label: kindWord[value] }))}
        value={kind}
        onValue={setKind}
      />
      <TextArea
        label="What to remember"
        value={text}
        onValue={setText}
        max={longestMemory}
        hint={`For example: ${examples[kind]}`}
      />
      <ExpiryField value={until} onValue={setUntil} />
      {!about && (
        <p className="text-xs text-muted">
          To teach something about a record, open “What I know” on its card.
        </p>
      )}
      <Button type="submit" look="primary" busy={busy} off={!fits}>
        Remember
      </Button>
    </form>
  );
}
