import type { Subject } from '#lib/core/subject.ts';
import { DAY_MS, type Instant } from '#lib/core/time.ts';
import { ownWords, shareIn, sizeOf, titleWords } from './mail-words.ts';

/** What is sent later than this after it was suggested was written for another reason. */
export const SENT_WITHIN_DAYS = 14;

/** An e-mail that the CRM logged as sent to the person. */
export interface LoggedEmail {
  ref: Subject;
  at: Instant;
  subject: string;
  /** Text or HTML; what it quotes does not count. */
  body: string;
  threadId: string | null;
  /** Addresses that it went to, where they are known. */
  to?: readonly string[];
  /** Who sent it, where that is known. */
  ownerId?: string | null;
}

/** A suggested e-mail that somebody may have sent from their own mailbox. */
export interface SuggestedEmail {
  decisionId: string;
  draft: { subject: string; body: string };
  /** When it was suggested: what was sent before cannot come of it. */
  at: Instant;
  /** Conversations that the draft rests on. */
  threadIds: readonly string[];
  /** Addresses of the person that it is for, where they are known. */
  recipients?: readonly string[];
  /** Who was to send it, where that is known. */
  ownerId?: string | null;
}

export interface SentMatch {
  decisionId: string;
  /** How much of the draft was changed: the share of its words that are gone, 0 to 1. What was added does not count. */
  edited: number;
  /** For people: why the e-mail counts as sent from this draft. */
  reasons: string[];
}

/** The share of a draft that has to be left when nothing but the words speaks for it, and when more does. */
const keptAlone = 0.6;
const keptWithMore = 0.3;
/** A shorter draft is like any other short letter: its words alone prove nothing. */
const fewestWords = 6;
const sameTitle = 0.8;

/**
 * The suggestion that a sent e-mail came from, of those to the same person; null when it came from none. The time has
 * to fit, and so have recipient and sender where they are known. Then the draft's words decide, in their order; the
 * same subject, or the conversation that the draft answers, lets a rep rewrite more. Of several the one that is most
 * like it is meant, and of equals the newest.
 */
export function matchSentEmail(email: LoggedEmail, candidates: readonly SuggestedEmail[]): SentMatch | null {
  const [best] = candidates
    .flatMap(candidate => weigh(email, candidate) ?? [])
    .sort((a, b) => b.weight - a.weight || (a.at < b.at ? 1 : -1));
  return best?.match ?? null;
}

function weigh(
  email: LoggedEmail,
  candidate: SuggestedEmail,
): { match: SentMatch; weight: number; at: Instant } | null {
  const { decisionId, draft, at, threadIds } = candidate;
  const days = (Date.parse(email.at) - Date.parse(at)) / DAY_MS;
  if (days < 0 || days > SENT_WITHIN_DAYS || wentElsewhere(email, candidate)) return null;

  const [suggested, sent] = [ownWords(draft.body), ownWords(email.body)];
  const kept = shareIn(sent, suggested);
  const titled = shareIn(titleWords(email.subject), titleWords(draft.subject)) >= sameTitle;
  const answers = email.threadId !== null && threadIds.includes(email.threadId);
  const bySender = !bySomebodyElse(email, candidate);
  const more = answers || (titled && bySender);
  const tooShort = sizeOf(suggested) < fewestWords && !more;
  if (sizeOf(suggested) === 0 || tooShort || kept < (more ? keptWithMore : keptAlone)) return null;

  const reasons = [
    `${Math.round(kept * 100)} % of the draft's words are in it.`,
    ...(titled ? ['It has the subject of the draft.'] : []),
    ...(answers ? ['It is in the conversation that the draft answers.'] : []),
    ...(days < 1 ? ['It was sent less than a day after it was suggested.'] : []),
    ...(bySender ? [] : ['Somebody else sent it than the suggestion was for.']),
  ];
  const weight = kept + (titled ? 0.1 : 0) + (answers ? 0.1 : 0) - (bySender ? 0 : 0.2);
  return { match: { decisionId, edited: 1 - kept, reasons }, weight, at };
}

const wentElsewhere = ({ to = [] }: LoggedEmail, { recipients = [] }: SuggestedEmail): boolean => {
  const addresses = new Set(to.map(addressOf));
  return to.length > 0 && recipients.length > 0 && !recipients.some(email => addresses.has(addressOf(email)));
};

const bySomebodyElse = (email: LoggedEmail, candidate: SuggestedEmail): boolean =>
  email.ownerId != null && candidate.ownerId != null && email.ownerId !== candidate.ownerId;

/** The address in `Ada Byron <ada@x.io>`, or the text itself. */
const addressOf = (text: string): string => (/<([^>]+)>/.exec(text)?.[1] ?? text).trim().toLowerCase();
