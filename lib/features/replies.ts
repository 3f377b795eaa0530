import { DAY_MS, HOUR_MS } from '#lib/core/time.ts';
import type { Seen, Visible } from './see.ts';

/** Two e-mails can belong together unless both say that they are of different threads. */
const together = (a: Seen, b: Seen): boolean =>
  a.touch.threadId === null || b.touch.threadId === null || a.touch.threadId === b.touch.threadId;

/** Was our e-mail answered within 14 days? */
export const answered = (sent: Seen, emailsIn: Seen[]): boolean =>
  emailsIn.some(reply => reply.at > sent.at && reply.at - sent.at <= 14 * DAY_MS && together(sent, reply));

/** Our e-mails since the person last wrote, newest first. */
export const unanswered = ({ emailsIn, emailsOut }: Visible): Seen[] =>
  emailsOut.filter(sent => sent.at > (emailsIn[0]?.at ?? Number.NEGATIVE_INFINITY));

/** Each e-mail of the last `days` that answered one of ours, with the hours it took. */
export function replyHours({ emailsIn, emailsOut }: Visible, days: number): { reply: Seen; hours: number }[] {
  return emailsIn.flatMap((reply, index) => {
    const sent =
      reply.days <= days ? emailsOut.find(one => one.at < reply.at && together(one, reply)) : undefined;
    if (!sent) return [];
    const followsOwn = emailsIn
      .slice(index + 1)
      .some(earlier => earlier.at > sent.at && together(earlier, reply));
    return followsOwn ? [] : [{ reply, hours: (reply.at - sent.at) / HOUR_MS }];
  });
}
