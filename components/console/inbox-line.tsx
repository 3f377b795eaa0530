import type { InboxRow } from '#lib/views/types.ts';
import { BandBadge } from '#components/record/band-badge.tsx';
import { ChannelIcon } from '#components/record/channel-icon.tsx';
import { recordUrl, type CrmPages } from '#lib/core/record-url.ts';
import { cardHref, decisionHref } from '#components/record/record-href.ts';
import { channelWord } from '#components/record/record-words.ts';
import { StatusBadge } from '#components/record/status-badge.tsx';
import { Cell, RowHead } from '#components/ui/table.tsx';
import { RecordLink } from '#components/record/record-link.tsx';
import { TextLink } from '#components/ui/text-link.tsx';
import { Time } from '#components/ui/time.tsx';

/** One suggestion in the inbox. On a narrow screen everything but the score stands below the name. */
export function InboxLine({ row, crmPages }: { row: InboxRow; crmPages: CrmPages | null }) {
  const record = recordUrl(crmPages, row.subject);
  const what = (
    <>
      <span className="flex items-start gap-1.5">
        {row.channel && (
          <span className="mt-0.5 text-muted">
            <ChannelIcon channel={row.channel} />
            <span className="sr-only">{channelWord(row.channel)}: </span>
          </span>
        )}
        <span>{row.title}</span>
      </span>
      <span className="block text-xs font-normal text-muted">{row.why}</span>
    </>
  );
  const status = (
    <>
      <StatusBadge status={row.status} />
      {row.statusReason && <span className="mt-0.5 block text-xs text-muted">{row.statusReason}</span>}
    </>
  );
  return (
    <tr className="has-[[data-row]:focus]:bg-accent-soft hover:bg-sunken">
      <RowHead>
        <a
          data-row
          href={cardHref(row.subject)}
          className="text-accent underline decoration-accent/40 underline-offset-2 hover:decoration-accent"
        >
          {row.name}
        </a>
        <span className="block text-xs font-normal text-muted">
          {row.account ?? 'no company'}
          <RecordLink href={record} />
        </span>
        <div className="mt-1 space-y-1 font-normal lg:hidden">
          {what}
          <div>{status}</div>
        </div>
      </RowHead>
      <Cell numeric>
        {row.score ? (
          <span className="flex items-center justify-end gap-2">
            <span className="hidden sm:inline">
              <BandBadge band={row.score.band} />
            </span>
            <span className="w-7 font-semibold">{row.score.value}</span>
          </span>
        ) : (
          <span className="text-muted">none</span>
        )}
      </Cell>
      <Cell className="hidden lg:table-cell">{what}</Cell>
      <Cell className="hidden lg:table-cell">{status}</Cell>
      <Cell className="hidden whitespace-nowrap md:table-cell">
        {row.sendAt ? <Time at={row.sendAt} as="appointment" /> : <span className="text-muted">none</span>}
      </Cell>
      <Cell className="hidden whitespace-nowrap sm:table-cell">
        <Time at={row.createdAt} as="relative" />
        <TextLink href={decisionHref(row.decisionId)} className="block text-xs">
          how decided
        </TextLink>
      </Cell>
    </tr>
  );
}
