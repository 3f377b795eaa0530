import type { Brief, Item } from './brief.ts';
import { quoteOf, topicsOf } from './quote.ts';
import { classifyReply } from './replies.ts';

/** A sentence and the numbers of the evidence that it rests on. */
export type Said = { text: string; evidence: number[] };

export const said = (text: string, ...evidence: number[]): Said => ({ text, evidence });

export const pick = <T>(brief: Brief, ...choices: [T, ...T[]]): T =>
  choices[brief.seed % choices.length] ?? choices[0];

/** A title fit to be repeated to the person: without "Re:", in one line, no links. */
export function titleOf(item: Item): string | null {
  const title = item.name
    .replace(/^((re|fwd?|aw|wg):\s*)+/i, '')
    .replaceAll(/["“”\s]+/g, ' ')
    .trim();
  return title.length >= 4 && title.length <= 90 && quoteOf(`${title} (subject)`) !== null ? title : null;
}

const bare = (text: string): string => text.replaceAll(/["“”]/g, '').trim();

/** What they wrote, in their own words; null where nothing can be repeated. */
export function theirWords(item: Item | undefined): string | null {
  if (item?.kind !== 'their e-mail') return null;
  const quote = quoteOf(item.text);
  return quote ? bare(quote) : null;
}

/** A field's name as a person would say it. */
export const labelOf = (name: string): string =>
  ({ jobtitle: 'job title', message: 'wrote in a form' })[name] ??
  name.replace(/^hs_/, '').replaceAll('_', ' ');

const prettyField = (item: Item): string | null =>
  quoteOf(`${item.text} (as given)`) ? bare(item.text) : null;

/** What a field says about this person, as a sentence to them. */
function fieldSentence(item: Item, brief: Brief): string | null {
  const wrote = item.name === 'message' ? quoteOf(item.text) : null;
  if (wrote) return `In our form you wrote: “${bare(wrote)}”`;
  const value = prettyField(item);
  if (!value || value.length > 90) return null;
  if (/conversion_event/.test(item.name))
    return /\b(lists?|import(ed)?|uploads?|purchased)\b/i.test(value)
      ? null
      : `You came to us by way of “${value}”.`;
  if (/specialization|specialisation|course/i.test(item.name))
    return `You told us that your field is “${value}”.`;
  if (/interest|product|use_case/i.test(item.name)) return `You showed an interest in “${value}”.`;
  if (/occupation/i.test(item.name)) return `You described yourself as “${value}”.`;
  if (item.name === 'jobtitle')
    return `As ${value}${brief.company ? ` at ${brief.company}` : ''} you will know best what matters here.`;
  if (/source|campaign/i.test(item.name))
    return `You came to us by way of “${value.replaceAll('_', ' ').toLowerCase()}”.`;
  return null;
}

/** Agreeing on a time says nothing about what somebody wants. */
const scheduling = /\b\d{1,2}:\d{2}\b|\b(punctual|invitation|calendar|works for (me|us)|see you)\b/i;
/** Words older than this are not held up to anybody. */
const REMEMBERED_DAYS = 180;

/** What else is known: their words first, then what was talked about, then what the record says. */
export function contexts(brief: Brief, items: Item[]): Said[] {
  const focus = items.find(item => item.id === brief.focus);
  const others = items.filter(item => item !== focus && item.daysAgo <= REMEMBERED_DAYS);
  const wrote = others.flatMap(item => {
    // A machine's note of absence is nothing that the person said.
    const words = classifyReply(item.name, item.text) === 'out-of-office' ? null : theirWords(item);
    return words && !scheduling.test(words) ? [said(`On ${item.date} you wrote: “${words}”`, item.id)] : [];
  });
  const spoke = others.flatMap(item => {
    const topics = item.kind === 'meeting' || item.kind === 'talk' ? talkedAbout(item) : [];
    return topics.length > 0
      ? [said(`When we spoke on ${item.date}, ${topics.join(' and ')} came up.`, item.id)]
      : [];
  });
  const known = items.flatMap(item => {
    const sentence = item.kind === 'field' ? fieldSentence(item, brief) : null;
    return sentence ? [said(sentence, item.id)] : [];
  });
  // Where they are quoted already, more would only be padding.
  if (theirWords(focus)) return spoke.slice(0, 1);
  const texts = new Set<string>();
  return [...wrote.slice(0, 1), ...spoke.slice(0, 1), ...known].filter(
    s => !texts.has(s.text) && texts.add(s.text) !== undefined,
  );
}

/** That a demo was shown is no topic of it. */
export const talkedAbout = (item: Item): string[] =>
  topicsOf(`${item.name} ${item.text}`).filter(topic => topic !== 'a demo');
