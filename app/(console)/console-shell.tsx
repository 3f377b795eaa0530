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
  ops: 'ops',
  releases: 'releases',
  settings: 'settings',
};

export function ConsoleShell({
  user,
  children,
}: {
  user: { id: string; name: string; role: string };
  children: ReactNode;
}) {
  const path = usePathname();
  const router = useRouter();
  const isDemo = user.id.startsWith('demo-');
  return (
    <Shell
      current={places[path.split('/')[1] ?? ''] ?? null}
      user={user}
      roles={isDemo ? roles : []}
      onRole={role => void signInAction(role).then(() => router.refresh())}
    >
      {children}
    </Shell>
  );
}
