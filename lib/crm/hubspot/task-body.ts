import type { TaskChange } from '#lib/core/proposal.ts';
import type { NoteChange, Stamp } from '../doors.ts';

/** HubSpot shows the bodies of tasks and notes as HTML: text goes in escaped, with its lines kept. */
const htmlOf = (text: string): string =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll(/\r\n?|\n/g, '<br>');

/** What the rep reads, then the draft, then who stands behind it. */
export function taskBody({ body, draft }: TaskChange, stamp: Stamp): string {
  const letter =
    draft && [draft.subject && `Subject: ${draft.subject}`, draft.body].filter(Boolean).join('\n\n');
  return htmlOf([body, letter, stampLine(stamp)].filter(Boolean).join('\n\n'));
}

export const noteBody = ({ body }: NoteChange, stamp: Stamp): string =>
  htmlOf(`${body}\n\n${stampLine(stamp)}`);

/** The CRM's own history shows only an integration: this line says which decision, agent and person. */
const stampLine = ({ decisionId, agent, approvedBy }: Stamp): string =>
  `Sidecard · ${agent} agent · ${approvedBy === null ? 'allowed by policy' : `approved by ${approvedBy}`} · decision ${decisionId}`;
