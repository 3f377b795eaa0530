'use client';
import { useState } from 'react';
import type { ConnectionView } from '#lib/views/settings.ts';
import { Button } from '#components/ui/button.tsx';
import { Definitions } from '#components/ui/definitions.tsx';
import { Notice } from '#components/ui/notice.tsx';
import { Empty, Panel } from '#components/ui/panel.tsx';
import { TextLink } from '#components/ui/text-link.tsx';
import { Time } from '#components/ui/time.tsx';

export interface ConnectionPanelProps {
  connection: ConnectionView | null;
  canChange: boolean;
  /** Where an admin consents; empty where the account is connected by a token or key. */
  links: { name: string; href: string }[];
  busy?: boolean;
  /** What came of disconnecting. */
  said?: { good: boolean; text: string } | null;
  onDisconnect: () => void;
}

/** Which CRM account this is about, whether it answers, and how an admin connects or disconnects it. */
export function ConnectionPanel({
  connection,
  canChange,
  links,
  busy = false,
  said = null,
  onDisconnect,
}: ConnectionPanelProps) {
  const isLive = connection !== null && connection.status !== 'disconnected';
  return (
    <Panel title="Connection to the CRM" id="connection" className="mb-4">
      <div className="space-y-3">
        {connection === null ? <Empty>No CRM is connected.</Empty> : <About connection={connection} />}
        {said && (
          <Notice level={said.good ? 'good' : 'problem'} live>
            <p>{said.text}</p>
          </Notice>
        )}
        {canChange && (!isLive || connection.status === 'failing') && (
          <HowToConnect links={links} connection={connection} />
        )}
        {canChange && isLive && <Disconnect busy={busy} name={connection.name} onDisconnect={onDisconnect} />}
      </div>
    </Panel>
  );
}

function About({ connection }: { connection: ConnectionView }) {
  return (
    <>
      <Definitions
        entries={[
          ['CRM', connection.name],
          ['Account', connection.accountId],
          ['Since', <Time key="since" at={connection.since} />],
        ]}
      />
      {connection.status !== 'ok' && (
        <Notice level={connection.status === 'failing' ? 'problem' : 'warning'} title={connection.text} />
      )}
    </>
  );
}

function HowToConnect({ links, connection }: Pick<ConnectionPanelProps, 'links' | 'connection'>) {
  if (links.length > 0)
    return <ConnectLinks links={links} word={connection === null ? 'Connect' : 'Reconnect'} />;
  return (
    <p>
      {connection?.isDemo
        ? 'Start Sidecard again to connect the sandbox.'
        : 'Run “npm run sidecard -- connect” where Sidecard is installed.'}
    </p>
  );
}

/** One link a CRM that people can consent at; `word` says what for. */
export function ConnectLinks({ links, word }: { links: ConnectionPanelProps['links']; word: string }) {
  return (
    <ul className="flex flex-wrap gap-x-6 gap-y-2">
      {links.map(({ name, href }) => (
        <li key={href}>
          <TextLink href={href} opens="top">
            {word} {name}
          </TextLink>
        </li>
      ))}
    </ul>
  );
}

function Disconnect({ busy, name, onDisconnect }: { busy: boolean; name: string; onDisconnect: () => void }) {
  const [asked, setAsked] = useState(false);
  if (!asked)
    return (
      <Button look="danger" busy={busy} onClick={() => setAsked(true)}>
        Disconnect {name} …
      </Button>
    );
  return (
    <Notice level="warning" title={`Disconnect ${name}?`}>
      <p>
        Reading and writing stop at once, and the access is revoked. What is approved meanwhile waits as
        parked. Records, decisions and the ledger stay, and connecting the same account again goes on from
        there.
      </p>
      <div className="flex gap-2 pt-1">
        <Button
          look="danger"
          busy={busy}
          onClick={() => {
            setAsked(false);
            onDisconnect();
          }}
        >
          Disconnect
        </Button>
        <Button look="quiet" onClick={() => setAsked(false)}>
          Keep it
        </Button>
      </div>
    </Notice>
  );
}
