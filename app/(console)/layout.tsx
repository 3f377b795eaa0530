import type { ReactNode } from 'react';
import { Entrance } from '#components/console/entrance.tsx';
import { connectionOf } from '#lib/crm/read.ts';
import { entrance } from '#lib/edge/oauth-app.ts';
import { read } from '#lib/edge/page.ts';
import { ConsoleShell } from './console-shell.tsx';

export default async function ConsoleLayout({ children }: { children: ReactNode }) {
  const data = await read(connectionOf);
  const user = data.ok ? data.scope.actor : null;
  const state = data.ok ? data.value?.state : undefined;
  const before = data.ok ? null : await entrance();
  return (
    <ConsoleShell
      user={user && { id: user.id, name: user.name, role: user.role }}
      trouble={state && state.status !== 'ok' ? state.text : null}
    >
      {before ? <Entrance {...before} /> : children}
    </ConsoleShell>
  );
}
