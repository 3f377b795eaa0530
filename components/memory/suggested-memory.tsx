'use client';
import { useState } from 'react';
import { longestMemory } from '#lib/core/memory.ts';
import type { MemoryLine } from '#lib/views/memory-types.ts';
import { Button } from '#components/ui/button.tsx';
import { TextArea } from '#components/ui/field.tsx';
import { kindWord } from './memory-words.ts';
import type { OnTeach } from './teach-event.ts';

/** Something that an answer may teach: in force only with the person's yes, in the words that they leave it in. */
export function SuggestedMemory({
  line,
  busy,
  onTeach,
}: {
  line: MemoryLine;
  busy: boolean;
  onTeach: OnTeach;
}) {
  const [text, setText] = useState(line.text);
  const said = text.trim();
  const fits = said !== '' && said.length <= longestMemory;
  const confirm = (whose: 'all' | 'me') => {
    if (fits) onTeach({ does: 'confirm', id: line.id, version: line.version, text: said, for: whose });
  };
  const about = line.about ? ` about ${line.about.name}` : '';
  return (
    <li className="space-y-2 py-1">
      <TextArea
        label={`Remember for next time${about}? (${kindWord[line.kind].toLowerCase()})`}
        value={text}
        onValue={setText}
        max={longestMemory}
      />
      <div className="flex flex-wrap gap-2">
        {line.scope !== 'private' && (
          <Button look="primary" busy={busy} off={!fits} onClick={() => confirm('all')}>
            {line.about ? 'For everybody' : 'For the team'}
          </Button>
        )}
        <Button
          look={line.scope === 'private' ? 'primary' : 'plain'}
          off={busy || !fits}
          onClick={() => confirm('me')}
        >
          Only for me
        </Button>
        <Button off={busy} onClick={() => onTeach({ does: 'forget', id: line.id })}>
          No
        </Button>
      </div>
    </li>
  );
}
