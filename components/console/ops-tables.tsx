import type { OpsView } from '#lib/views/types.ts';
import { objectsWord } from '#components/record/record-words.ts';
import { formatCount, formatMilliseconds } from '#components/ui/number-format.ts';
import { Cell, HeadCell, RowHead, Table } from '#components/ui/table.tsx';
import { Time } from '#components/ui/time.tsx';

export function QueueTable({ queue }: { queue: OpsView['queue'] }) {
  return (
    <Table caption="Jobs by kind">
      <thead>
        <tr>
          <HeadCell>Job</HeadCell>
          <HeadCell numeric>Waiting</HeadCell>
          <HeadCell numeric>Active</HeadCell>
          <HeadCell numeric>Failed</HeadCell>
        </tr>
      </thead>
      <tbody>
        {queue.map(job => (
          <tr key={job.name}>
            <RowHead>{job.name}</RowHead>
            <Cell numeric>{formatCount(job.waiting)}</Cell>
            <Cell numeric>{formatCount(job.active)}</Cell>
            <Cell numeric className={job.failed > 0 ? 'font-semibold text-bad' : ''}>
              {formatCount(job.failed)}
            </Cell>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}

export function SyncTable({ sync }: { sync: OpsView['sync'] }) {
  return (
    <Table caption="Records read from the CRM">
      <thead>
        <tr>
          <HeadCell>Object</HeadCell>
          <HeadCell numeric>Records</HeadCell>
          <HeadCell>Last read</HeadCell>
          <HeadCell>First read</HeadCell>
        </tr>
      </thead>
      <tbody>
        {sync.map(row => (
          <tr key={row.object}>
            <RowHead>{objectsWord(row.object)}</RowHead>
            <Cell numeric>{formatCount(row.records)}</Cell>
            <Cell>{row.lastAt ? <Time at={row.lastAt} as="relative" /> : 'never'}</Cell>
            <Cell>{row.done ? 'complete' : 'under way'}</Cell>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}

const Duration = ({ ms }: { ms: number | null }) =>
  ms === null ? <span className="text-muted">not measured</span> : formatMilliseconds(ms);

/** Durations in milliseconds: the median and the 95th percentile of `n` cases. */
export function TimesTable({ times }: { times: OpsView['times'] }) {
  return (
    <Table caption="Durations">
      <thead>
        <tr>
          <HeadCell>What</HeadCell>
          <HeadCell numeric>Median</HeadCell>
          <HeadCell numeric>95% are below</HeadCell>
          <HeadCell numeric>Cases</HeadCell>
        </tr>
      </thead>
      <tbody>
        {times.map(time => (
          <tr key={time.name}>
            <RowHead>{time.name}</RowHead>
            <Cell numeric>
              <Duration ms={time.p50} />
            </Cell>
            <Cell numeric>
              <Duration ms={time.p95} />
            </Cell>
            <Cell numeric>{formatCount(time.n)}</Cell>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}
