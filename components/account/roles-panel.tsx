import type { AccountGraphView, BuyingRole, HeldRole, MapNode } from '#lib/views/account-graph-types.ts';
import { EvidenceList } from '#components/record/evidence-link.tsx';
import { Badge } from '#components/ui/badge.tsx';
import { Empty, Panel } from '#components/ui/panel.tsx';
import { roleWord } from './groups.ts';
import { basisWord } from './role-lines.tsx';

/** So many of one role are named; the list of people has all. */
const most = 5;
const all = Object.keys(roleWord) as BuyingRole[];

/** Who plays which part, how that is known, and which part nobody plays. */
export function RolesPanel({ view }: { view: AccountGraphView }) {
  const lines = all.map(role => ({
    role,
    held: view.nodes.flatMap(node => node.roles.filter(one => one.role === role).map(one => ({ node, one }))),
    missing: view.missing.includes(role),
  }));
  const shown = lines.filter(({ held, missing }) => held.length > 0 || missing);
  return (
    <Panel id="roles" title="Roles filled and missing">
      {shown.length === 0 && <Empty>No part in buying is known of anybody here.</Empty>}
      <ul className="divide-y divide-line">
        {shown.map(({ role, held }) => (
          <li key={role} className="grid gap-x-4 gap-y-1 py-2 sm:grid-cols-[10rem_minmax(0,1fr)]">
            <span className="font-medium">{roleWord[role]}</span>
            {held.length === 0 ? (
              <span>
                <Badge tone="warn">Nobody known</Badge>
              </span>
            ) : (
              <ul className="space-y-1">
                {held.slice(0, most).map(({ node, one }) => (
                  <Holder key={`${node.key} ${one.basis}`} node={node} held={one} view={view} />
                ))}
                {held.length > most && <li className="text-muted">and {held.length - most} more</li>}
              </ul>
            )}
          </li>
        ))}
      </ul>
    </Panel>
  );
}

const Holder = ({ node, held, view }: { node: MapNode; held: HeldRole; view: AccountGraphView }) => (
  <li>
    {node.name} <span className="text-muted">({basisWord[held.basis]})</span>{' '}
    <EvidenceList evidence={held.evidence} crmPages={view.crmPages} max={1} />
  </li>
);
