import type { ReactNode } from 'react';
import { read } from '#lib/edge/page.ts';
import { ConsoleShell } from './console-shell.tsx';

export default async function ConsoleLayout({ children }: { children: ReactNode }) {
  const data = await read(() => Promise.resolve(null));
  const user = data.ok
    ? { id: data.scope.actor.id, name: data.scope.actor.name, role: data.scope.actor.role }
    : { id: '', name: 'Nobody', role: 'not signed in' };
  return <ConsoleShell user={user}>{children}</ConsoleShell>;
}
