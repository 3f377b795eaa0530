'use client';
import { useState } from 'react';
import type { EventsKeysView } from '#lib/views/events-keys.ts';
import { Button } from '#components/ui/button.tsx';
import { TextField } from '#components/ui/field.tsx';
import { Notice } from '#components/ui/notice.tsx';
import { Empty, Panel } from '#components/ui/panel.tsx';
import { Cell, HeadCell, RowHead, Table } from '#components/ui/table.tsx';
import { Time } from '#components/ui/time.tsx';

export interface EventsKeysProps {
  view: EventsKeysView;
  busy?: boolean;
  problem?: string | null;
  /** A key that has just been made; it is shown this once. */
  made?: { id: string; key: string } | null;
  onNew: (name: string) => void;
  onEnd: (id: string) => void;
}

/** Keys with which a website or a product sends events. For admins. */
export function EventsKeys({
  view,
  busy = false,
  problem = null,
  made = null,
  onNew,
  onEnd,
}: EventsKeysProps) {
  const [name, setName] = useState('');
  const make = () => {
    if (name.trim() === '') return;
    onNew(name.trim());
    setName('');
  };
  return (
    <div className="mt-4">
      <Panel title="Events keys" id="events-keys" aside="For websites and products that send events">
        <div className="space-y-3">
          {problem !== null && (
            <Notice level="problem" live>
              <p>{problem}</p>
            </Notice>
          )}
          {made !== null && (
            <Notice level="good" live title="Copy it now: it is not shown again.">
              <p>
                <code className="break-all select-all">{made.key}</code>
              </p>
              <p>The sender puts it into the header “Authorization: Bearer …” of POST /api/v1/events.</p>
            </Notice>
          )}
          {view.keys.length === 0 ? (
            <Empty>There is none: nothing outside the CRM can send events.</Empty>
          ) : (
            <Keys keys={view.keys} busy={busy} onEnd={onEnd} />
          )}
          <form
            className="flex flex-wrap items-end gap-2"
            onSubmit={event => {
              event.preventDefault();
              make();
            }}
          >
            <TextField
              label="What sends the events"
              placeholder="Website"
              value={name}
              onValue={setName}
              maxLength={60}
            />
            <Button busy={busy} off={name.trim() === ''} type="submit">
              Make a key
            </Button>
          </form>
        </div>
      </Panel>
    </div>
  );
}

function Keys({
  keys,
  busy,
  onEnd,
}: {
  keys: EventsKeysView['keys'];
  busy: boolean;
  onEnd: (id: string) => void;
}) {
  return (
    <Table caption="Events keys in force">
      <thead>
        <tr>
          <HeadCell>For</HeadCell>
          <HeadCell>Made</HeadCell>
          <HeadCell>Last used</HeadCell>
          <HeadCell>
            <span className="sr-only">End it</span>
          </HeadCell>
        </tr>
      </thead>
      <tbody>
        {keys.map(({ id, name, madeAt, lastUsedAt }) => (
          <tr key={id}>
            <RowHead>{name}</RowHead>
            <Cell>
              <Time at={madeAt} as="relative" />
            </Cell>
            <Cell>{lastUsedAt === null ? 'not yet' : <Time at={lastUsedAt} as="relative" />}</Cell>
            <Cell>
              <Button
                look="quiet"
                off={busy}
                onClick={() => onEnd(id)}
                aria-label={`End the key for ${name}`}
              >
                End
              </Button>
            </Cell>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}
