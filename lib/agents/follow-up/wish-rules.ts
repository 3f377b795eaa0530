import { windowOf } from './read-wish.ts';
import { channelOf, closedChannels, preferredChannel } from './wish-channel.ts';
import { forbiddenTopic, forbidsContact, namesAnother, unwantedWords } from './wish-stop.ts';
import { isNegated, type Channel } from './wish-words.ts';
import type { Hours } from './when.ts';

/** What a rule reads in a sentence. `window` is on the recipient's clock; its channel null: whatever the channel. */
export type WishRule =
  | { does: 'stop' }
  | { does: 'close'; channel: Channel }
  | { does: 'prefer'; channel: Channel }
  | { does: 'window'; hours: Hours; channel: Channel | null }
  | { does: 'leave-out'; words: string };

/**
 * What a sentence asks for, clause by clause, so that "prefers e-mail, no calls" is both. Where no clause says anything,
 * the whole may. Empty: no rule reads it, and nothing follows from it.
 */
export function rulesOf(text: string): WishRule[] {
  const whole = plain(text);
  const rules = clausesOf(whole).flatMap(ruleOfClause);
  return rules.length > 0 ? firstPreference(rules) : ruleOfClause(whole);
}

/** What somebody prefers, they say first: "prefers e-mail, likes a call now and then". */
function firstPreference(rules: readonly WishRule[]): WishRule[] {
  const first = rules.find(rule => rule.does === 'prefer');
  return rules.filter(rule => rule.does !== 'prefer' || rule === first);
}

/** Without phrases whose "not" denies nothing, and without ends that are none. */
const plain = (text: string): string =>
  text
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/\b(?:do not|don['’]?t|never) (?:forget|hesitate|fail|be afraid) to\b/gi, 'do')
    .replaceAll(/\b(?:not|never|don['’]?t) (?:stop|avoid)\b|\bnot only\b/gi, '')
    .replaceAll(
      /,? ?\b(?:until|till) further notice\b|\b(?:when|if|where|whenever)(?:ever)? possible\b/gi,
      '',
    )
    .trim();

/** Cut at commas, semicolons, sentence ends, "but", and at an "and" between two that can each be read. */
function clausesOf(text: string): string[] {
  const quotes: string[] = [];
  const masked = text.replaceAll(/“[^”]*”|"[^"]*"/g, quote => `\uE000${quotes.push(quote) - 1}\uE001`);
  const parts = masked.split(
    /[,;]|(?<=\D)[.!?]+(?= |$)(?<!\b[ap]\.m\.)|,? ?\bbut\b| [–—-] (?!\d|noon|midday)/i,
  );
  return continued(
    parts
      .map(part => part.trim())
      .filter(Boolean)
      .flatMap(cutAtAnd),
  ).map(part => part.replaceAll(/\uE000(\d+)\uE001/g, (_, n: string) => quotes[Number(n)] ?? ''));
}

function cutAtAnd(clause: string): string[] {
  for (const { index, 0: and } of clause.matchAll(/ (?:and|und) /gi)) {
    const [left, right] = [clause.slice(0, index), clause.slice(index + and.length)];
    const [, told = right] = continued([left, right]);
    if (ruleOfClause(left).length > 0 && ruleOfClause(told).length > 0) return [left, ...cutAtAnd(right)];
  }
  return [clause];
}

/** "No calls before 9 and after 17:00": a bare time goes on with what the clause before began. */
function continued(clauses: readonly string[]): string[] {
  let head = '';
  return clauses.map(clause => {
    const bare = /^(?:or |nor )?(?=(?:before|after|until)\b)/i.exec(clause);
    if (bare && head) return `${head} ${clause.slice(bare[0].length)}`;
    head = /^(.*?) (?=before|after|until)/i.exec(clause)?.[1] ?? '';
    return clause;
  });
}

function ruleOfClause(clause: string): WishRule[] {
  if (isHarmless(clause.replaceAll(/“[^”]*”|"[^"]*"/g, ''))) return [];
  const words = unwantedWords(clause) ?? forbiddenTopic(clause);
  if (words !== null) return [{ does: 'leave-out', words }];
  if (forbidsContact(clause) || namesAnother(clause)) return [{ does: 'stop' }];
  const rules: WishRule[] = closedChannels(clause).map(channel => ({ does: 'close', channel }));
  const preferred = preferredChannel(clause);
  if (preferred !== null) rules.push({ does: 'prefer', channel: preferred });
  const hours = windowOf(clause);
  if (hours !== null) rules.push({ does: 'window', hours, channel: channelOf(clause) });
  return rules;
}

const permits =
  /\b(?:no (?:problems?|issues?|objections?|need|reason|worries|rush|trouble|preference)|(?:not|n['’]t) (?:a problem|an issue|mind|object|matter|need)|nothing against)\b/i;
const reports =
  /\b(?:did|has|have|had|was|were)(?: not| never|n['’]t)\b|\b(?:he|she|they) never (?:calls|phones|e-?mails|mails)\b/i;

/** A "no" that permits, or tells what happened. */
const isHarmless = (clause: string): boolean =>
  isNegated(clause) && (permits.test(clause) || reports.test(clause));
