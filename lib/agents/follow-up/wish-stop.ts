import { isTimed } from './read-wish.ts';
import { preferredChannel } from './wish-channel.ts';
import { isNegated, namesWay } from './wish-words.ts';

const forbidden = new RegExp(
  [
    // "Has had no contact since March" and "no contact details" report something.
    String.raw`(?<!\b(?:has|have|had|was|is|been|were) (?:had )?)\bno (?:more |further )?(?:contact|follow-?ups?)\b(?! (?:details?|data|info\w*|persons?|since|yet|so far))`,
    String.raw`\b(?:do not|don['’]?t|never|must not|mustn['’]?t|should not|shouldn['’]?t|may not|not to|not) (?:want to |wish to |like to |ever )?(?:be (?:contacted|approached|reached out to|followed up|bothered|disturbed)|(?:contact|approach|bother|disturb|reach out to|reach out|follow up with|follow up|get in touch with|get in touch)\b)`,
    String.raw`\b(?:stop|avoid) (?:being )?(?:contact|approach|bother|disturb|reach|follow|gett?)(?:ed|ing)?\b(?: (?:up|out|in touch))?(?: (?:with|to))?`,
    String.raw`\bnicht kontaktieren\b`,
  ].join('|'),
  'i',
);

const somebodyElse =
  /^ (?:the|her|his|their|any) (?:assistants?|secretary|office|boss|colleagues?|family|customers?|suppliers?)\b/i;
const day = String.raw`(?:mon|tues|wednes|thurs|fri|satur|sun)days?\b|weekends?\b|weekdays?\b`;
const onDays = new RegExp(String.raw`\b(?:on|at)(?: the| a)? (?:${day})`, 'i');
/** What a record is called: "do not follow up on this deal" is about all of it. */
const allOfIt =
  /^(?:it|this|that|them|her|him|anything|any ?(?:more|longer)|(?:this|that|the) (?:leads?|deals?|contacts?|persons?|accounts?|records?|compan(?:y|ies)|opportunit(?:y|ies)))$/i;
const absent = /^(?:\w+ )?(?:leave|holidays?|vacation|sabbatical)$/i;

/** What follows a contact that is forbidden: its rest, or null where none is. */
function restOf(text: string): string | null {
  const found = forbidden.exec(text);
  return found ? text.slice(found.index + found[0].length) : null;
}

/** "Do not follow up on the invoice": what must not be the subject. Null: nothing in particular. */
export function forbiddenTopic(text: string): string | null {
  const rest = restOf(text);
  if (rest === null || namesWay(text) || isTimed(text) || onDays.test(rest)) return null;
  const named =
    /\b(?:on|about|regarding|concerning|with) (.{2,80}?)(?: again| any ?more| please)*[\s.!]*$/i.exec(
      rest,
    )?.[1];
  if (named === undefined || allOfIt.test(named) || absent.test(named)) return null;
  const topic = named
    .replace(/^(?:the|her|his|their|our|any|an?) /i, '')
    .replaceAll(/[“”"]/g, '')
    .trim();
  return topic.length < 3 ? null : topic;
}

/** "Never contact": nothing is suggested at all. A way, a subject, a time or somebody else narrows it, so it is no stop. */
export function forbidsContact(text: string): boolean {
  const rest = restOf(text);
  if (rest === null || namesWay(text) || isTimed(text) || onDays.test(rest)) return false;
  return forbiddenTopic(text) === null && !somebodyElse.test(rest);
}

// "Contact her in autumn instead" is about the same person.
const verb = String.raw`\b(?:contact|write to|speak to|talk to|ask|go through|go via|reach)\b(?! (?:for|about|whether|if)\b)(?! (?:her|him|them) (?:in|by|at|on|via|next|later|again|about|with|tomorrow)\b)`;
const another = new RegExp(
  String.raw`${verb}.{1,80}\binstead\b|\binstead\b.{0,40}${verb}|\b(?:contact|write to|speak to|talk to|go through|go via) (?:the|his|her|their) (?:assistant|secretary|office)\b`,
  'i',
);

/** "Contact the assistant instead": it is not this person whom one reaches. */
export const namesAnother = (text: string): boolean =>
  !isNegated(text) && preferredChannel(text) === null && another.test(text);

const quotedAway = /\bleave out [“"](.{3,300})[”"]/i;
const unmentioned = String.raw`\b(?:not|never|\w+n['’]?t|dont) (?:ever )?(?:mention|bring up|talk about|refer to`;
const named = (verbs: string) =>
  new RegExp(
    String.raw`${verbs})(?: the)? [“"]?(.{3,80}?)[”"]?(?: (?:in|on|over|by|via) (?:the |any )?(?:e-?mails?|phone|calls?|writing))?[.!\s]*$`,
    'i',
  );
const mentioned = named(unmentioned);
const mentionedOrUsed = named(`${unmentioned}|use`);

/** What must not come up: the words of "do not mention …", and the sentence of "leave out “…”". "Use" of a channel is none. */
export function unwantedWords(text: string): string | null {
  const quoted = quotedAway.exec(text)?.[1];
  const said = (
    namesWay(text) || /\b(?:address(?:es)?|numbers?)\b/i.test(text) ? mentioned : mentionedOrUsed
  ).exec(text.trim())?.[1];
  return (quoted ?? said)?.trim() ?? null;
}
