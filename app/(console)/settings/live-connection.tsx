'use client';
import { useRouter } from 'next/navigation';
import { useState, useTransition } from 'react';
import { ConnectionPanel, type ConnectionPanelProps } from '#components/console/connection-panel.tsx';
import { disconnectAction } from './disconnect-action.ts';

export function LiveConnection(props: Omit<ConnectionPanelProps, 'onDisconnect'>) {
  const router = useRouter();
  const [busy, start] = useTransition();
  const [said, setSaid] = useState<{ good: boolean; text: string } | null>(null);
  const disconnect = () =>
    start(async () => {
      const result = await disconnectAction();
      setSaid(
        result.ok ? { good: true, text: result.value.revoked } : { good: false, text: result.problem.detail },
      );
      router.refresh();
    });
  return <ConnectionPanel {...props} busy={busy} said={said} onDisconnect={disconnect} />;
}
