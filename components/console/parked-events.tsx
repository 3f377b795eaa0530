import type { OpsView } from '#lib/views/types.ts';
import { formatCount } from '#components/ui/number-format.ts';
import { Empty, Panel } from '#components/ui/panel.tsx';
import { Cell, HeadCell, RowHead, Table } from '#components/ui/table.tsx';
import { Time } from '#components/ui/time.tsx';

/** `email:a@b.example`, `hubspot:contacts:7` → words. */
function wordsFor(waitsFor: string): string {
  const [first = '', second = '', ...id] = waitsFor.split(':');
  return first === 'email' ? waitsFor.slice('email:'.length) : `${second} ${id.join(':')} in ${first}`;
}

/** Marketing and product events about records that are not known yet. */
export function ParkedEvents({ parked }: { parked: OpsView['parkedEvents'] }) {
  const shown = parked.groups.reduce((sum, group) => sum + group.events, 0);
  return (
    <Panel title="Events that wait" id="parked-events" aside="Until the CRM’s record of them is read">
      {parked.groups.length === 0 ? (
        <Empty>No event waits for its record.</Empty>
      ) : (
        <Table caption="Events that wait for a record">
          <thead>
            <tr>
              <HeadCell>Waits for</HeadCell>
              <HeadCell numeric>Events</HeadCell>
              <HeadCell>Since</HeadCell>
            </tr>
          </thead>
          <tbody>
            {parked.groups.map(group => (
              <tr key={group.waitsFor}>
                <RowHead>
                  <span className="break-all">{wordsFor(group.waitsFor)}</span>
                </RowHead>
                <Cell numeric>{formatCount(group.events)}</Cell>
                <Cell>
                  <Time at={group.since} as="relative" />
                </Cell>
              </tr>
            ))}
          </tbody>
        </Table>
      )}
      {parked.events > shown && (
        <p className="pt-2 text-xs text-muted">and {formatCount(parked.events - shown)} more</p>
      )}
    </Panel>
  );
}
