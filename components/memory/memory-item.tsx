'use client';
import { useEffect, useRef, useState } from 'react';
import type { MemoryLine } from '#lib/views/memory-types.ts';
import { Badge } from '#components/ui/badge.tsx';
import { Button } from '#components/ui/button.tsx';
import { TextLink } from '#components/ui/text-link.tsx';
import { Time } from '#components/ui/time.tsx';
import { isRestKind, kindWord, textOf, whoseWord } from './memory-words.ts';
import { MemoryEditForm } from './memory-edit-form.tsx';
import type { OnTeach } from './teach-event.ts';

/** One memory: what it says, whose it is, since when, and what the viewer may do with it. */
export function MemoryItem({
  line,
  busy,
  onTeach,
  showAbout = false,
}: {
  line: MemoryLine;
  busy: boolean;
  onTeach: OnTeach;
  showAbout?: boolean;
}) {
  const [doing, setDoing] = useState<'edit' | 'forget' | null>(null);
  const box = useRef<HTMLLIElement>(null);
  const last = useRef<string | null>(null);
  useEffect(() => {
    if (doing === 'forget') box.current?.querySelector<HTMLElement>('[data-confirms]')?.focus();
    else if (doing === 'edit') box.current?.querySelector<HTMLElement>('textarea')?.focus();
    else if (last.current) box.current?.querySelector<HTMLElement>(`[data-opens=${last.current}]`)?.focus();
    last.current = doing;
  }, [doing]);
  // A new version closes what was open for the one before.
  const [version, setVersion] = useState(line.version);
  if (version !== line.version) {
    setVersion(line.version);
    setDoing(null);
  }
  const short = textOf(line).slice(0, 60);
  return (
    <li ref={box} id={line.id} className="space-y-1 border-b border-line py-2 last:border-0">
      {doing === 'edit' ? (
        <MemoryEditForm line={line} busy={busy} onTeach={onTeach} onCancel={() => setDoing(null)} />
      ) : (
        <>
          <p className="flex flex-wrap items-baseline gap-x-2 gap-y-1">
            <Badge>{kindWord[line.kind]}</Badge>
            <span className="min-w-0 font-medium break-words whitespace-pre-line">{textOf(line)}</span>
          </p>
          <p className="text-xs text-muted">
            {showAbout && line.about && (
              <>
                {line.about.url ? (
                  <TextLink href={line.about.url} opens="tab">
                    {line.about.name}
                  </TextLink>
                ) : (
                  line.about.name
                )}{' '}
                ·{' '}
              </>
            )}
            {whoseWord(line)} · {line.isOwn ? 'you' : line.by}
            {line.from === 'answer' && ', by an answer'}, <Time at={line.at} as="relative" explain />
            {line.expiresAt && (
              <>
                {' '}
                · until <Time at={line.expiresAt} />
              </>
            )}
            {line.confidence < 1 && ` · ${Math.round(line.confidence * 100)} % sure`}
          </p>
          {line.can && doing === null && (
            <div className="-ml-2 flex flex-wrap gap-1">
              {!isRestKind(line) && (
                <Button
                  look="quiet"
                  className="px-2"
                  data-opens="edit"
                  off={busy}
                  aria-label={`Edit: ${short}`}
                  onClick={() => setDoing('edit')}
                >
                  Edit
                </Button>
              )}
              <Button
                look="quiet"
                className="px-2"
                data-opens="forget"
                off={busy}
                aria-label={`Forget: ${short}`}
                onClick={() => setDoing('forget')}
              >
                Forget
              </Button>
            </div>
          )}
          {doing === 'forget' && (
            <fieldset className="flex flex-wrap items-center gap-2" aria-label={`Forget: ${short}`}>
              <span>No later suggestion uses it.</span>
              <Button
                look="danger"
                data-confirms
                busy={busy}
                onClick={() => onTeach({ does: 'forget', id: line.id })}
              >
                Forget it
              </Button>
              <Button off={busy} onClick={() => setDoing(null)}>
                Keep it
              </Button>
            </fieldset>
          )}
        </>
      )}
    </li>
  );
}
