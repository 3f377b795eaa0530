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

/** An e-mail that answered another, with the hours it took. */
export type Reply = { reply: Seen; hours: number };

/** Each e-mail of the last 90 days in which the person answered one of ours, newest first. */
export const theirReplies = ({ emailsIn, emailsOut }: Visible): Reply[] => repliesTo(emailsOut, emailsIn);

/** Each of ours that answered one of theirs. */
export const ourReplies = ({ emailsIn, emailsOut }: Visible): Reply[] => repliesTo(emailsIn, emailsOut);

const DAYS = 90;

/** Only the first of several e-mails in a row answers what stands before them. */
function repliesTo(asked: readonly Seen[], answers: readonly Seen[]): Reply[] {
  return answers.flatMap((reply, index) => {
    const sent =
      reply.days <= DAYS ? asked.find(one => one.at < reply.at && together(one, reply)) : undefined;
    if (!sent) return [];
    const followsOwn = answers.some(
      (earlier, i) => i > index && earlier.at > sent.at && together(earlier, reply),
    );
    return followsOwn ? [] : [{ reply, hours: (reply.at - sent.at) / HOUR_MS }];
  });
}
