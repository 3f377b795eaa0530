'use client';
import type { NotedRight } from '#lib/views/privacy.ts';
import { cardHref } from '#components/record/record-href.ts';
import { Button } from '#components/ui/button.tsx';
import { Empty, Panel } from '#components/ui/panel.tsx';
import { Cell, HeadCell, RowHead, Table } from '#components/ui/table.tsx';
import { TextLink } from '#components/ui/text-link.tsx';
import { Time } from '#components/ui/time.tsx';

/** Holds or objections, those in force with a way to end them. */
export function Rights({
  title,
  id,
  empty,
  rows,
  end,
  busy,
}: {
  title: string;
  id: string;
  empty: string;
  rows: readonly NotedRight[];
  end: { label: string; onEnd: (id: string) => void } | null;
  busy: boolean;
}) {
  return (
    <Panel title={title} id={id}>
      {rows.length === 0 ? (
        <Empty>{empty}</Empty>
      ) : (
        <Table caption={title}>
          <thead>
            <tr>
              <HeadCell>Person</HeadCell>
              <HeadCell>Since</HeadCell>
              <HeadCell>Reason</HeadCell>
              <HeadCell>In force</HeadCell>
            </tr>
          </thead>
          <tbody>
            {rows.map(row => (
              <tr key={row.id}>
                <RowHead>
                  <TextLink href={cardHref(row.subject)}>{row.name}</TextLink>
                </RowHead>
                <Cell>
                  <Time at={row.at} as="day" />
                  <span className="block text-xs text-muted">{row.byName}</span>
                </Cell>
                <Cell>{row.reason}</Cell>
                <Cell>
                  {row.endedAt ? (
                    <>
                      ended <Time at={row.endedAt} as="day" />
                    </>
                  ) : (
                    <>
                      {row.endsAt === null ? (
                        'yes'
                      ) : (
                        <>
                          until <Time at={row.endsAt} as="day" />
                        </>
                      )}
                      {end && (
                        <Button
                          look="quiet"
                          off={busy}
                          onClick={() => end.onEnd(row.id)}
                          aria-label={`${end.label}: ${row.name}`}
                        >
                          {end.label}
                        </Button>
                      )}
                    </>
                  )}
                </Cell>
              </tr>
            ))}
          </tbody>
        </Table>
      )}
    </Panel>
  );
}
