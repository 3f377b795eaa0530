'use client';
import { useRouter } from 'next/navigation';
import { useState, useTransition } from 'react';
import { EventsKeys } from '#components/console/events-keys.tsx';
import type { ActionResult } from '#lib/edge/action.ts';
import type { EventsKeysView } from '#lib/views/events-keys.ts';
import { endEventsKeyAction, newEventsKeyAction } from './events-key-actions.ts';

export function LiveEventsKeys({ view }: { view: EventsKeysView }) {
  const router = useRouter();
  const [busy, start] = useTransition();
  const [problem, setProblem] = useState<string | null>(null);
  const [made, setMade] = useState<{ id: string; key: string } | null>(null);
  const attempt = <T,>(action: () => Promise<ActionResult<T>>, then: (value: T) => void) =>
    start(async () => {
      const result = await action();
      setProblem(result.ok ? null : result.problem.detail);
      if (result.ok) then(result.value);
      router.refresh();
    });
  return (
    <EventsKeys
      view={view}
      busy={busy}
      problem={problem}
      made={made}
      onNew={name => attempt(() => newEventsKeyAction({ name }), setMade)}
      onEnd={id =>
        attempt(
          () => endEventsKeyAction({ id }),
          () => setMade(known => (known?.id === id ? null : known)),
        )
      }
    />
  );
}
