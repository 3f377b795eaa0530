import { isRest, type Memory } from '#lib/core/memory.ts';
import type { Claim } from '#lib/core/evidence.ts';
import { isPerson, subjectKey } from '#lib/core/subject.ts';
import * as read from './read-wish.ts';
import type { Scene } from './scene.ts';
import { rulesOf } from './wish-rules.ts';
import type { Channel } from './wish-words.ts';
import type { Hours } from './when.ts';

/** A memory, and what a rule reads in it. */
type Wish<T> = { memory: Memory; says: T };

/** What people taught, as far as it bears on this touch: read by rules, so that text never decides anything else. */
export type Wishes = {
  /** Nobody is to be contacted, or somebody else. */
  stop: Memory | null;
  closed: Wish<Channel>[];
  prefers: Wish<Channel> | null;
  /** On the recipient's clock. `channel` null: whatever the channel. */
  windows: Wish<{ hours: Hours; channel: Channel | null }>[];
  /** When the sender works, on the office's clock. */
  office: Wish<{ hours: Hours | null; days: string[] | null }> | null;
  signature: Memory | null;
  greeting: Wish<string> | null;
  short: Memory | null;
  unwanted: Wish<string>[];
  /** No rule reads these: a person has to keep them in mind. */
  others: Memory[];
};

/** Later ones weigh more than earlier ones: a person who has taught something new means that. */
export function wishesOf(memories: readonly Memory[], scene: Scene): Wishes {
  const taught = memories.filter(memory => !isRest(memory) && concerns(memory, scene));
  const wishes: Wishes = {
    stop: null,
    closed: [],
    prefers: null,
    windows: [],
    office: null,
    signature: null,
    greeting: null,
    short: null,
    unwanted: [],
    others: [],
  };
  for (const memory of taught) if (!take(wishes, memory)) wishes.others.push(memory);
  return wishes;
}

/** About a deal, what was taught about another of its people than the one who is reached does not count. */
function concerns({ subject }: Memory, { facts, person }: Scene): boolean {
  if (!subject || !isPerson(subject) || isPerson(facts.subject)) return true;
  const key = subjectKey(subject);
  return (
    !facts.people.some(one => subjectKey(one.subject) === key) ||
    (person !== null && subjectKey(person.subject) === key)
  );
}

/** Puts a memory where a rule reads it; false where none does. */
function take(wishes: Wishes, memory: Memory): boolean {
  const { kind, text } = memory;
  const greeting = kind === 'tone' ? read.greetingOf(text) : null;
  if (kind === 'signature') wishes.signature = memory;
  else if (kind === 'working-hours') {
    const says = { hours: read.rangeOf(text), days: read.daysOf(text) };
    if (says.hours === null && says.days === null) return false;
    wishes.office = { memory, says };
  } else if (greeting !== null) wishes.greeting = { memory, says: greeting };
  else if (kind === 'tone' && read.wantsShort(text)) wishes.short = memory;
  else if (kind === 'tone') return false;
  else return takeRule(wishes, memory);
  return true;
}

function takeRule(wishes: Wishes, memory: Memory): boolean {
  const rules = rulesOf(memory.text);
  for (const rule of rules)
    if (rule.does === 'stop') wishes.stop = memory;
    else if (rule.does === 'close') wishes.closed.push({ memory, says: rule.channel });
    else if (rule.does === 'prefer') wishes.prefers = { memory, says: rule.channel };
    else if (rule.does === 'leave-out') wishes.unwanted.push({ memory, says: rule.words });
    else wishes.windows.push({ memory, says: { hours: rule.hours, channel: rule.channel } });
  return rules.length > 0;
}

export const isClosed = ({ closed }: Wishes, channel: Channel): Memory | null =>
  closed.find(wish => wish.says === channel)?.memory ?? null;

/** Windows that hold for a channel, as hours on the recipient's clock. */
export const windowsFor = ({ windows }: Wishes, channel: Channel): Hours[] =>
  windows
    .filter(({ says }) => says.channel === null || says.channel === channel)
    .map(({ says }) => says.hours);

/** That a memory had its say, in its own words. */
export const taught = ({ id, text }: Memory): Claim => ({
  text: `Taught: “${text.replaceAll(/\s+/g, ' ').slice(0, 300)}”`,
  evidence: [],
  memory: id,
});

/** How many memories a rep is reminded of. */
const MOST_SHOWN = 6;

/** The memories that shaped a touch by this channel. */
export function taughtFor(wishes: Wishes, channel: Channel): Claim[] {
  const { closed, prefers, windows, office, signature, greeting, short, unwanted, others } = wishes;
  const written = channel === 'email' ? [signature, greeting?.memory, short] : [];
  const used = [
    ...closed.filter(wish => wish.says !== channel).map(wish => wish.memory),
    ...(prefers?.says === channel ? [prefers.memory] : []),
    ...windows
      .filter(({ says }) => says.channel === null || says.channel === channel)
      .map(wish => wish.memory),
    office?.memory,
    ...others,
    ...unwanted.map(wish => wish.memory),
    ...written,
  ];
  return [...new Set(used.filter(memory => memory !== null && memory !== undefined))]
    .slice(0, MOST_SHOWN)
    .map(taught);
}
