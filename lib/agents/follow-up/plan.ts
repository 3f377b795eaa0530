import type { Memory } from '#lib/core/memory.ts';
import type { TenantSettings } from '#lib/core/settings.ts';
import { DAY_MS } from '#lib/core/time.ts';
import { afterMeeting, answered, newLead, silent, stalledDeal } from './situations.ts';
import { outsSince, type Scene } from './scene.ts';
import { isStop, type Situation, type Stop } from './situation.ts';
import { callPreferred, day, isCustomer, stopFor, touched } from './stops.ts';
import type { Cadence } from './default-cadence.ts';
import { isClosed, type Wishes } from './wishes.ts';

/** A suggestion that is due later than this is not made yet. */
const AHEAD_MS = DAY_MS;

/** In order of priority: who waits for us, what just happened, what has gone quiet. */
const detectors = [answered, afterMeeting, stalledDeal, silent, newLead];

function tooMany(scene: Scene, settings: TenantSettings): Stop | null {
  const recent = outsSince(scene, new Date(scene.now.getTime() - 7 * DAY_MS));
  const last = recent[0];
  if (!last || recent.length < settings.touchesPerWeek) return null;
  const text = `${recent.length} touches in the last seven days, the newest on ${day(scene, last.at)}; ${settings.touchesPerWeek} a week are allowed.`;
  return { stop: text, why: [touched(scene, text, last)] };
}

function reach(scene: Scene, situation: Situation, wishes: Wishes, memories: Memory[]): Situation {
  const canCall = scene.hasPhone && !isClosed(wishes, 'call');
  const canMail = scene.hasEmail && !isClosed(wishes, 'email');
  const mail = wishes.prefers?.says === 'email' && canMail && situation.kind !== 'complaint';
  if (situation.channel === 'call' && (!canCall || mail)) {
    const purpose = situation.kind === 'complaint' ? 'answer the complaint' : 'a short reminder';
    return { ...situation, channel: 'email', purpose };
  }
  const prefersCall = wishes.prefers?.says === 'call' || callPreferred(scene, memories);
  const call = (prefersCall && !mail && canCall) || !canMail;
  return call ? { ...situation, channel: 'call' } : situation;
}

/**
 * Whether, why, when and how to follow up, by rule. The first situation is the one to act on; the others are what an
 * agent may choose instead. Facts decide, never words in a record that ask for something to be done.
 */
export function plan(
  scene: Scene,
  cadence: Cadence,
  taught: { memories: Memory[]; wishes: Wishes },
  settings: TenantSettings,
): Stop | [Situation, ...Situation[]] {
  const stop = stopFor(scene, taught, settings);
  if (stop) return stop;
  const found: Situation[] = [];
  for (const detect of detectors) {
    const result = detect(scene, cadence);
    if (result === null) continue;
    // A stop ends the search: what comes after it is less urgent and would go against it.
    if (isStop(result)) {
      if (found.length === 0) return result;
      break;
    }
    found.push(reach(scene, result, taught.wishes, taught.memories));
  }
  const [first, ...others] = found;
  if (!first) {
    const text = isCustomer(scene)
      ? 'A customer with nothing left open: no follow-up is due.'
      : 'Nothing calls for a follow-up right now.';
    return { stop: text, why: [{ text, evidence: [] }] };
  }
  const waits = first.kind === 'silent' || first.kind === 'new-lead' || first.kind === 'stalled-deal';
  const many = waits ? tooMany(scene, settings) : null;
  if (many) return many;
  if (first.earliest.getTime() > scene.now.getTime() + AHEAD_MS)
    return { stop: `The next touch is due on ${day(scene, first.earliest)}.`, why: first.why };
  return [first, ...others.filter(s => s.earliest.getTime() <= scene.now.getTime() + AHEAD_MS)];
}
