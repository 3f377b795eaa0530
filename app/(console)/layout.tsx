import type { ReactNode } from 'react';
import { Entrance } from '#components/console/entrance.tsx';
import { entrance } from '#lib/edge/oauth-app.ts';
import { read } from '#lib/edge/page.ts';
import { connectionTrouble } from '#lib/views/settings.ts';
import { ConsoleShell } from './console-shell.tsx';

export default async function ConsoleLayout({ children }: { children: ReactNode }) {
  const data = await read(connectionTrouble);
  const user = data.ok ? data.scope.actor : null;
  const before = data.ok ? null : await entrance();
  return (
    <ConsoleShell
      user={user && { id: user.id, name: user.name, role: user.role }}
      trouble={data.ok ? data.value : null}
    >
      {before ? <Entrance {...before} /> : children}
    </ConsoleShell>
  );
}
