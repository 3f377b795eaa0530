import type { Voice } from '#lib/crm/sandbox/demo/voice.ts';
import type { Line } from '#lib/crm/sandbox/demo/words/pain.ts';

export type CallOutcome =
  'Connected' | 'No answer' | 'Left voicemail' | 'Left live message' | 'Busy' | 'Wrong number';
export type CallMood = 'keen' | 'lukewarm' | 'cold';

/** Reps' notes after a call: short, for colleagues. */
const SPOKE: Record<CallMood, Line[]> = {
  keen: [
    s =>
      `Ten good minutes. ${s.first} puts the cost of ${s.pain.topic} at ${s.cur} ${s.money} a year, and asked about ${s.question.topic} without being prompted.`,
    s =>
      `${s.first} picked up at once. Runs ${s.vehicles} ${s.fleet} on ${s.incumbent}, fed up. Will bring ${s.colleagueFirst} to a demo.`,
    s =>
      `Long call. Wants to start with ${s.city}. Decides together with ${s.colleague}; ${s.competitor} is in the race too.`,
  ],
  lukewarm: [
    s =>
      `Friendly, no hurry. Has heard all about ${s.pain.topic} before. Budget talk in ${s.month}. Send the two-pager, then call.`,
    s =>
      `Spoke between two meetings. Interested in ${s.pain.module}, not the one who decides: that is ${s.colleague}.`,
    s => `${s.first} listened, asked about ${s.question.topic}, would not commit to a date.`,
  ],
  cold: [
    s => `Short. "We have ${s.incumbent} and it does the job." Not rude. Try again after ${s.month}.`,
    s => `Not interested in ${s.pain.topic}. Says the fleet may be outsourced by ${s.month}.`,
    s => `Put me through to the front desk at ${s.city} after a minute. No need seen.`,
  ],
};

const MISSED: Record<Exclude<CallOutcome, 'Connected'>, Line[]> = {
  'No answer': [
    s => `Rang out (${s.city}). Try before 9.`,
    s => `No answer, second number goes to the ${s.site} gate.`,
    () => 'Nobody picked up.',
    s => `No answer. ${s.company} seems to close early.`,
  ],
  'Left voicemail': [
    s => `Voicemail about ${s.pain.topic}, said I would write.`,
    s => `Left a message with the fleet-of-${s.peer} example and my number.`,
    s => `Mailbox. Mentioned ${s.colleagueFirst}.`,
  ],
  'Left live message': [
    s => `Front desk in ${s.city}: ${s.first} is at the ${s.site} until Thursday. They pass it on.`,
    s => `${s.colleagueFirst} picked up, will tell ${s.first}.`,
  ],
  Busy: [() => 'Engaged twice.', s => `Line busy; the desk says mornings at ${s.city} are hopeless.`],
  'Wrong number': [
    s => `Number belongs to a ${s.vehicle} dealer, not to ${s.first}. Removed from my list.`,
    s => `Not ${s.first}'s number any more.`,
  ],
};

export const callNotes = (v: Voice, outcome: CallOutcome, mood: CallMood): string =>
  outcome === 'Connected'
    ? `${v.say(SPOKE[mood])}${v.random.chance(0.4) ? ` In their words: "${v.say(v.s.pain.stories)}"` : ''}`
    : v.say(MISSED[outcome]);

export const callTitle = (v: Voice, first: boolean): string =>
  v.say([
    s => `${first ? 'First call' : 'Call'} with ${s.first} (${s.company})`,
    s => `${s.company}: ${s.pain.topic}`,
    s => `Call ${s.city}, ${s.first}`,
  ]);
