/** Words that several rules for what people taught read. */

export type Channel = 'email' | 'call';

const negations = String.raw`no|not|never|neither|cannot|\w+n['’]t|avoid|stop|nothing|nicht|nie|kein\w*`;
const negative = new RegExp(String.raw`\b(?:${negations})\b`, 'i');

const callWords = String.raw`calls?|called|calling|phone[ds]?|phoning|ring|telephone|anruf\w*|anzurufen`;
const mailWords = String.raw`e-?mails?|e-?mailed|e-?mailing|mails?|mailing|in writing`;
// "The phone number", "her e-mail address" and "call list" are things, not ways of reaching somebody.
const asThing = String.raw`(?! ?(?:numbers?|address(?:es)?|lists?|notes?|cent(?:er|re)s?|bills?|footers?|signatures?)\b)`;

export const words = {
  negations,
  call: String.raw`(?:${callWords})\b${asThing}`,
  mail: String.raw`(?:${mailWords})\b${asThing}`,
  channel: String.raw`(?:${callWords}|${mailWords})\b${asThing}`,
};

const calls = new RegExp(String.raw`\b${words.call}`, 'i');
const mails = new RegExp(String.raw`\b${words.mail}`, 'i');
const elsewhere =
  /\b(?:by|via|through|over|on|per) (?:the )?(?:linkedin|whats ?app|sms|text|letter|post|fax|teams|slack|video|chat)\b|\bin person\b/i;

export const isNegated = (text: string): boolean => negative.test(text);

/** The channels that a text names, the first of them first. */
export const channelsIn = (text: string): Channel[] =>
  (
    [
      ['call', text.search(calls)],
      ['email', text.search(mails)],
    ] as const
  )
    .filter(([, at]) => at >= 0)
    .toSorted(([, one], [, other]) => one - other)
    .map(([channel]) => channel);

/** Whether it names a way of reaching somebody, also one that follow-ups never take. */
export const namesWay = (text: string): boolean => channelsIn(text).length > 0 || elsewhere.test(text);

/** What is said of an occasion, a subject or somebody else's line holds for that alone, so it closes and prefers nothing. */
export const isLimited = (text: string): boolean =>
  /\b(?:about|regarding|concerning|when|whenever|if|unless|while|during|except|without|on|assistant|secretary|office|boss|colleagues?|mobile|cell|home|private|personal|old|former)\b(?! the (?:tele)?phone\b)/i.test(
    text,
  );
