'use client';
import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { Card } from '#components/card/card.tsx';
import { CardProblem } from '#components/card/card-problem.tsx';
import { CardSkeleton } from '#components/card/card-skeleton.tsx';
import type { SubjectView } from '#lib/views/types.ts';
import { useCardActions } from './use-card-actions.ts';
import { useTabLaunch } from '../../../../use-tab-launch.ts';
import { useHostFrame } from './use-host-frame.ts';

const underWay = new Set(['approved', 'undoing']);

async function fetchView(address: string): Promise<SubjectView> {
  const response = await fetch(address, { headers: { accept: 'application/json' } });
  const body = (await response.json()) as SubjectView & { detail?: string };
  if (!response.ok) throw new Error(body.detail ?? `The server answered ${response.status}.`);
  return body;
}

/** The card as it lives on a page: it refreshes itself, faster while something is being written to the CRM. */
export function LiveCard({
  subject,
  initial,
  problem,
}: {
  subject: { crm: string; object: string; id: string };
  initial: SubjectView | null;
  problem: string | null;
}) {
  const address = `/api/v1/subjects/${subject.crm}/${subject.object}/${encodeURIComponent(subject.id)}`;
  const query = useQuery({
    queryKey: ['subject', address],
    queryFn: () => fetchView(address),
    ...(initial ? { initialData: initial } : {}),
    enabled: initial !== null || problem === null,
    refetchInterval: ({ state }) => (underWay.has(state.data?.suggestion?.status ?? '') ? 700 : 10_000),
    retry: 1,
  });
  const view = query.data ?? null;
  const actions = useCardActions(view, () => query.refetch());
  useHostFrame(view);
  useTabLaunch();
  const { shown } = actions;
  useEffect(() => shown(), [shown]);

  if (!view && (problem !== null || query.error))
    return (
      <CardProblem
        text={query.error?.message ?? problem ?? ''}
        busy={query.isFetching}
        onRetry={() => void query.refetch()}
      />
    );
  if (!view) return <CardSkeleton />;
  return (
    <Card
      view={view}
      busy={actions.busy}
      problem={actions.problem ?? query.error?.message ?? null}
      {...actions.events}
    />
  );
}
