import { iso, MINUTE } from './calendar.ts';
import type { Story } from './story.ts';
import { links, tick } from './story.ts';
import { contactMail, repMail } from './voice.ts';

export type Thread = { id: string; subject: string; length: number };

/** A new conversation; its first e-mail bears the subject alone, later ones "Re:". */
export function startThread(story: Story, subject: string): Thread {
  return { id: `thr-${story.person.id}-${story.random.int(100_000, 999_999)}`, subject, length: 0 };
}

export function repWrites(story: Story, thread: Thread, paragraphs: string[]): void {
  const { person, random } = story;
  send(story, thread, 'EMAIL', repMail(person.rep, person, paragraphs, random));
}

export function contactWrites(story: Story, thread: Thread, paragraphs: string[]): void {
  const { person, random } = story;
  send(story, thread, 'INCOMING_EMAIL', contactMail(person, person.rep, paragraphs, random));
}

/** Text as it came, without greeting or name: automatic replies and odd ones. */
export function arrives(story: Story, thread: Thread, text: string, subject?: string): void {
  story.t += story.random.int(1, 3) * MINUTE;
  send(story, thread, 'INCOMING_EMAIL', text, subject);
}

function send(
  story: Story,
  thread: Thread,
  direction: 'EMAIL' | 'INCOMING_EMAIL',
  text: string,
  subject?: string,
): void {
  const { person, book } = story;
  const at = tick(story);
  const outgoing = direction === 'EMAIL';
  const [from, to] = outgoing ? [person.rep.email, person.email] : [person.email, person.rep.email];
  const copies = story.joined.map(other => other.email).join(';');
  book.add({
    type: 'emails',
    at,
    associations: links(story),
    properties: {
      hs_email_subject: subject
        ? `${subject}: ${thread.subject}`
        : `${thread.length > 0 ? 'Re: ' : ''}${thread.subject}`,
      hs_email_text: text,
      hs_email_direction: direction,
      hs_email_status: 'SENT',
      hs_email_thread_id: thread.id,
      hs_email_from_email: from,
      hs_email_to_email: to,
      hs_timestamp: iso(at),
      hubspot_owner_id: person.rep.id,
      ...(copies && { hs_email_cc_email: copies }),
    },
  });
  thread.length++;
}
