'use client';
import { useRouter } from 'next/navigation';
import { useEffect, useState } from 'react';
import { CardProblem } from '#components/card/card-problem.tsx';
import { CardSkeleton } from '#components/card/card-skeleton.tsx';
import { holdBearer } from '../bearer.ts';
import { launchTokenIn } from './launch-token.ts';

/** The exchange under way: a page that is drawn twice must not use a one-time token twice. */
let entering: Promise<string> | null = null;

async function enter(): Promise<string> {
  const launch = launchTokenIn(window.location.hash);
  // Gone from the address before anything is asked: no history entry, copy or reload has it.
  window.history.replaceState(null, '', window.location.pathname);
  if (launch === null)
    throw new Error('Open Sidecard from a record in the CRM: this page alone does not say which one.');
  const response = await fetch('/api/session', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ launch }),
  });
  const body = (await response.json()) as { token: string; place: string; detail?: string };
  if (!response.ok) throw new Error(body.detail ?? `The server answered ${response.status}.`);
  holdBearer(body.token);
  return body.place;
}

export function Enter() {
  const router = useRouter();
  const [problem, setProblem] = useState<string | null>(null);
  useEffect(() => {
    entering ??= enter();
    entering.then(
      place => router.replace(place),
      (error: unknown) => setProblem(error instanceof Error ? error.message : String(error)),
    );
  }, [router]);
  return problem === null ? (
    <CardSkeleton />
  ) : (
    <CardProblem text={problem} busy={false} onRetry={() => window.location.reload()} />
  );
}
