import type { TaskChange } from '#lib/core/proposal.ts';
import type { NoteChange, Stamp } from '../doors.ts';
import { stampLine } from '../stamp-lines.ts';

/** HubSpot shows the bodies of tasks and notes as HTML: text goes in escaped, with its lines kept. */
const htmlOf = (text: string): string =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll(/\r\n?|\n/g, '<br>');

/** Where the rep can write the e-mail: HubSpot has no drafts that an app could make. */
export interface Composer {
  email: string | null;
  /** Opens HubSpot's own composer on the record. */
  recordUrl: string | null;
}

/** What the rep reads, then the draft with ways to send it, then who stands behind it. */
export function taskBody({ body, draft }: TaskChange, stamp: Stamp, composer: Composer | null): string {
  const letter =
    draft && [draft.subject && `Subject: ${draft.subject}`, draft.body].filter(Boolean).join('\n\n');
  return [
    ...[body, letter].filter(part => part !== null && part !== '').map(part => htmlOf(part ?? '')),
    ...(composer && draft ? composerLinks(draft, composer) : []),
    htmlOf(stampLine(stamp)),
  ].join('<br><br>');
}

/** Mail programs cut longer addresses off: such a draft is left to be copied. */
const longestLink = 1800;

function composerLinks(draft: NonNullable<TaskChange['draft']>, { email, recordUrl }: Composer): string[] {
  const query = (body: string) =>
    Object.entries({ subject: draft.subject, body })
      .filter(([, value]) => value !== '')
      .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
      .join('&');
  const whole = `mailto:${encodeURIComponent(email ?? '')}?${query(draft.body.replaceAll(/\r\n?|\n/g, '\r\n'))}`;
  const mailto =
    whole.length <= longestLink ? whole : `mailto:${encodeURIComponent(email ?? '')}?${query('')}`;
  const links = [
    ...(recordUrl === null ? [] : [linkTo(recordUrl, 'Write it in HubSpot')]),
    ...(email === null ? [] : [linkTo(mailto, 'Open it in your mail program')]),
  ];
  return links.length > 0 ? [links.join(' · ')] : [];
}

const linkTo = (url: string, text: string): string => `<a href="${htmlOf(url)}">${text}</a>`;

export const noteBody = ({ body }: NoteChange, stamp: Stamp): string =>
  htmlOf(`${body}\n\n${stampLine(stamp)}`);
