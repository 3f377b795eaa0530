'use client';
import { usePathname, useRouter } from 'next/navigation';
import type { ReactNode } from 'react';
import { Shell, type Place } from '#components/console/shell.tsx';
import { signInAction } from '../actions.ts';

const roles = [
  { value: 'manager', label: 'Manager' },
  { value: 'rep', label: 'Rep' },
  { value: 'ops', label: 'Operations' },
  { value: 'admin', label: 'Admin' },
  { value: 'auditor', label: 'Auditor' },
];

const places: Record<string, Place> = {
  '': 'inbox',
  pipeline: 'pipeline',
  memory: 'memory',
  ops: 'ops',
  releases: 'releases',
  privacy: 'privacy',
  settings: 'settings',
};

async function signOut(): Promise<void> {
  await fetch('/api/session', { method: 'DELETE' });
  // Nothing of what this person saw stays in the page's memory.
  window.location.assign('/');
}

export function ConsoleShell({
  user,
  trouble,
  children,
}: {
  /** Null: nobody is signed in. */
  user: { id: string; name: string; role: string } | null;
  trouble: string | null;
  children: ReactNode;
}) {
  const path = usePathname();
  const router = useRouter();
  const isDemo = user?.id.startsWith('demo-') ?? false;
  const place = places[path.split('/')[1] ?? ''] ?? null;
  return (
    <Shell
      current={place}
      user={user ?? { name: 'Nobody', role: 'not signed in' }}
      roles={isDemo ? roles : []}
      onRole={role => void signInAction(role).then(() => router.refresh())}
      {...(user && !isDemo && { onSignOut: () => void signOut() })}
      // The panel there says more.
      trouble={place === 'settings' ? null : trouble}
    >
      {children}
    </Shell>
  );
}
