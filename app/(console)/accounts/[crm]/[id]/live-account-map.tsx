'use client';
import { usePathname, useRouter } from 'next/navigation';
import { useState, useTransition } from 'react';
import { AccountMap } from '#components/account/account-map.tsx';
import type { AccountGraphView } from '#lib/views/account-graph-types.ts';
import { resolveAction } from './resolve-action.ts';

export function LiveAccountMap({ view }: { view: AccountGraphView }) {
  const router = useRouter();
  const path = usePathname();
  const [busy, start] = useTransition();
  const [problem, setProblem] = useState<string | null>(null);
  return (
    <AccountMap
      view={view}
      busy={busy}
      problem={problem}
      onDays={days => router.replace(`${path}?days=${days}`, { scroll: false })}
      onResolve={({ pair: [a, b] }, resolution) =>
        start(async () => {
          const result = await resolveAction({ a: a.subject, b: b.subject, resolution });
          setProblem(result.ok ? null : result.problem.detail);
          router.refresh();
        })
      }
    />
  );
}
