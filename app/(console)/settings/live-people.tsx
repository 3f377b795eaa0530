'use client';
import { useRouter } from 'next/navigation';
import { useState, useTransition } from 'react';
import { PeopleRoles } from '#components/console/people-roles.tsx';
import type { ActionResult } from '#lib/edge/action.ts';
import type { PeopleView } from '#lib/views/people-roles.ts';
import { endKeyAction, giveRoleAction, newKeyAction, signOutAction } from './people-actions.ts';

export function LivePeople({ view }: { view: PeopleView }) {
  const router = useRouter();
  const [busy, start] = useTransition();
  const [problem, setProblem] = useState<string | null>(null);
  const [newKey, setNewKey] = useState<string | null>(null);
  const attempt = <T,>(action: () => Promise<ActionResult<T>>, then: (value: T) => void = () => undefined) =>
    start(async () => {
      const result = await action();
      setProblem(result.ok ? null : result.problem.detail);
      if (result.ok) then(result.value);
      router.refresh();
    });
  return (
    <PeopleRoles
      view={view}
      busy={busy}
      problem={problem}
      newKey={newKey}
      onRole={(userId, role) => attempt(() => giveRoleAction({ userId, role }))}
      onSignOut={id => attempt(() => signOutAction({ id }))}
      onNewKey={() => attempt(newKeyAction, setNewKey)}
      onEndKey={() => attempt(endKeyAction, () => setNewKey(null))}
    />
  );
}
