import type { Evidence } from '#lib/core/evidence.ts';
import { evidenceOfFact, evidenceOfTouch } from '#lib/core/evidence-of.ts';
import type { Fact, Touch } from '#lib/core/fact.ts';
import { isRest, type Memory } from '#lib/core/memory.ts';
import { daysBetween } from '#lib/core/time.ts';
import { messageOf } from './correspondent.ts';
import { quoteOf } from './quote.ts';
import { isTalk, safeFirstName, safeName, type Scene } from './scene.ts';
import type { Situation } from './situation.ts';
import { dayInWords, nextWeekdays } from './when.ts';

/** A numbered piece of the record. Its text is untrusted; internal ones inform, but are not repeated to the person. */
export type Item = {
  id: number;
  kind:
    | 'their e-mail'
    | 'their call'
    | 'our e-mail'
    | 'our call'
    | 'talk'
    | 'meeting'
    | 'missed meeting'
    | 'note'
    | 'field'
    | 'taught';
  name: string;
  date: string;
  daysAgo: number;
  text: string;
};

/** What a writer is told by us: nothing in it comes from free text of the record. */
export type Brief = {
  situation: Situation['kind'];
  channel: Situation['channel'];
  intent: string;
  purpose: string;
  /** Evidence number of what is answered or followed up. */
  focus: number | null;
  daysSince: number | null;
  unanswered: number;
  recipient: string | null;
  sender: string | null;
  company: string | null;
  /** Weekdays that may be offered. */
  offer: [string, string];
  /** Picks among equal wordings, so that records differ and a replay does not. */
  seed: number;
};

export type Dossier = { items: Item[]; evidence: Map<number, Evidence>; numberOf: Map<Touch, number> };

/** Fields that say something particular of a person, the most telling first. */
const telling = [
  /^message$/,
  /conversion_event/,
  /specialization|specialisation|course|interest|product|use_case/i,
  /occupation/i,
  /^jobtitle$/,
  /source|campaign/i,
  /^industry$/,
];
/** The newest of what people taught: no more than a person would keep in mind. */
const MOST_TAUGHT = 20;
const rankOf = (fact: Fact): number => telling.findIndex(pattern => pattern.test(fact.name));
const empty = /^(select|none|unknown|n\/a|no|yes|true|false|not specified|other|others|offline|hs_.*|\d+)?$/i;

const kindOf = (touch: Touch): Item['kind'] => {
  if (touch.channel === 'meeting') return isTalk(touch) ? 'meeting' : 'missed meeting';
  if (touch.channel === 'call' && isTalk(touch)) return 'talk';
  if (touch.channel === 'call') return touch.direction === 'in' ? 'their call' : 'our call';
  if (touch.channel !== 'email') return 'note';
  return touch.direction === 'in' ? 'their e-mail' : 'our e-mail';
};

/**
 * Numbers the evidence for a writer: what the situations are about first, then the newest activities, then telling fields,
 * then what people taught, which is no evidence of anything: it has a number and leads nowhere.
 */
export function compile(
  scene: Scene,
  situations: Situation[],
  zone: string,
  memories: readonly Memory[] = [],
): Dossier {
  const dossier: Dossier = { items: [], evidence: new Map(), numberOf: new Map() };
  const add = (item: Omit<Item, 'id'>, evidence: Evidence) => {
    const id = dossier.items.length + 1;
    dossier.items.push({ id, ...item });
    dossier.evidence.set(id, evidence);
  };
  const ago = (at: string) => Math.max(0, Math.floor(daysBetween(at, scene.now)));
  const focuses = situations.map(s => s.focus).filter(touch => touch !== null);
  const touches = [...new Set([...focuses, ...scene.past])].slice(0, Math.max(8, focuses.length));
  for (const touch of touches) {
    const text = messageOf(touch.body).slice(0, 1200);
    dossier.numberOf.set(touch, dossier.items.length + 1);
    const snippet = touch.direction === 'in' ? quoteOf(text) : null;
    add(
      {
        kind: kindOf(touch),
        name: touch.title.slice(0, 150),
        date: dayInWords(touch.at, zone, scene.now),
        daysAgo: ago(touch.at),
        text,
      },
      evidenceOfTouch(touch, scene.facts.subject, snippet ?? (touch.body || touch.title)),
    );
  }
  const fields = [scene.person?.fields ?? {}, scene.facts.fields, scene.facts.account?.fields ?? {}]
    .flatMap(known => Object.values(known))
    .filter(fact => rankOf(fact) >= 0)
    .sort((a, b) => rankOf(a) - rankOf(b));
  const seen = new Set<string>();
  for (const fact of fields) {
    const text = (fact.value ?? '').trim();
    if (empty.test(text) || seen.has(fact.name) || seen.size >= 8) continue;
    seen.add(fact.name);
    const date = dayInWords(fact.at, zone, scene.now);
    add(
      { kind: 'field', name: fact.name, date, daysAgo: ago(fact.at), text: text.slice(0, 600) },
      evidenceOfFact(fact),
    );
  }
  for (const memory of memories.filter(one => !isRest(one)).slice(-MOST_TAUGHT))
    dossier.items.push({
      id: dossier.items.length + 1,
      kind: 'taught',
      name: memory.kind,
      date: dayInWords(memory.at, zone, scene.now),
      daysAgo: ago(memory.at),
      text: memory.text.slice(0, 500),
    });
  return dossier;
}

/** FNV-1a, 32 bits: spreads record ids evenly over wordings. */
const spread = (text: string): number => {
  let hash = 0x811c9dc5;
  for (const char of text) hash = Math.imul(hash ^ (char.codePointAt(0) ?? 0), 0x01000193);
  return hash >>> 0;
};

export function briefOf(
  scene: Scene,
  situation: Situation,
  dossier: Dossier,
  sendAt: Date,
  zone: string,
): Brief {
  return {
    situation: situation.kind,
    channel: situation.channel,
    intent: situation.intent,
    purpose: situation.purpose,
    focus: situation.focus ? (dossier.numberOf.get(situation.focus) ?? null) : null,
    daysSince: situation.focus
      ? Math.floor((sendAt.getTime() - new Date(situation.focus.at).getTime()) / 86_400_000)
      : null,
    unanswered: situation.unanswered,
    recipient: scene.firstName,
    sender: safeFirstName(scene.facts.owner?.name ?? null) ?? safeName(scene.facts.owner?.name ?? null),
    company: scene.company,
    offer: nextWeekdays(sendAt, zone),
    seed: spread(scene.facts.subject.id),
  };
}
