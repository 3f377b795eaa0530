import { isTimed } from './read-wish.ts';
import { channelsIn, isLimited, isNegated, words, type Channel } from './wish-words.ts';

/** What may stand between a "no" and its channel without changing what is meant. */
const between = String.raw`(?:use|using|contact(?:ed|ing)?|reach(?:ed|ing)?|out|approach(?:ed)?|get|in touch|follow(?:ed)? up|send(?:ing)?|receiv(?:e|ing)|make|give|want|wants|wish|like|likes|be|to|ever|please|any|more|further|longer|the|a|an|her|him|them|me|us|this person|by|via|over|per|on|through|with|cold|sales|unsolicited|(?-i:[A-Z]\w+))`;
const joined = String.raw`(?:\W+(?:or|nor|and|und|oder)(?:\W+${between})*?\W+${words.channel}|\/${words.channel})`;
const refused = new RegExp(
  String.raw`\b(?:${words.negations}|hates?|dislikes?|refuses?)(?:[ ,]+${between})*?[ ,]+(${words.channel}${joined}?)`,
  'i',
);
const unwelcome = new RegExp(
  String.raw`\b(${words.channel}${joined}?) (?:(?:is|are) )?(?:not|never|un)[ -]?(?:be )?(?:welcome|wanted|liked|appreciated|ok|okay|allowed|an option)\b`,
  'i',
);
const alone = new RegExp(
  String.raw`\bonly(?: ${between})*? (${words.channel})|\b(${words.channel})(?:,? please,?)? only\b`,
  'i',
);

/** "Do not call", "never use e-mail", "e-mail only": channels that are closed at any time. */
export function closedChannels(text: string): Channel[] {
  if (isTimed(text) || isLimited(text)) return [];
  const no = refused.exec(text)?.[1] ?? unwelcome.exec(text)?.[1];
  if (no !== undefined) return channelsIn(no);
  const only = isNegated(text) ? null : alone.exec(text);
  const [left, other] = channelsIn(only?.[1] ?? only?.[2] ?? '');
  return left === undefined || other !== undefined || channelsIn(text).length > 1
    ? []
    : [left === 'call' ? 'email' : 'call'];
}

const prefers =
  /\b(prefers?|preferred|rather|better|best|instead|likes?|favou?rs?)\b|\b(calls?|phone|e-?mails?) (her|him|them)\b/i;
/** With a time, these say when and not by which way: "calls only after 3 pm". */
const insists = /\b(should|only|always)\b/i;

/** "Prefers calls to e-mails", "call her instead": the channel that is named first. */
export function preferredChannel(text: string): Channel | null {
  if (isNegated(text) || isLimited(text)) return null;
  if (!prefers.test(text) && (isTimed(text) || !insists.test(text))) return null;
  return channelsIn(text)[0] ?? null;
}

/** The channel that a sentence speaks of alone; null: of none, or of both. */
export function channelOf(text: string): Channel | null {
  const [one, other] = channelsIn(text);
  return other === undefined ? (one ?? null) : null;
}
