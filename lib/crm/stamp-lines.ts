import type { ChangeStamp, Stamp } from './doors.ts';

const approval = ({ approvedBy }: Stamp): string =>
  approvedBy === null ? 'allowed by policy' : `approved by ${approvedBy}`;

/** The CRM's own history shows only an integration: this line says which decision, agent and person. */
export const stampLine = (stamp: Stamp): string =>
  `Sidecard · ${stamp.agent} agent · ${approval(stamp)} · decision ${stamp.decisionId}`;

/** The same for a record that changed, with what was changed: each value of it stays in the CRM's own history. */
export function changeLine(stamp: ChangeStamp, fields: readonly string[]): string {
  const by = stamp.approvedBy === null ? '' : ` by ${stamp.approvedBy}`;
  const how = stamp.undo ? `taken back${by}` : approval(stamp);
  return `decision ${stamp.decisionId}, ${stamp.agent} agent, ${how}, at ${stamp.at}: ${fields.join(', ')}`;
}
