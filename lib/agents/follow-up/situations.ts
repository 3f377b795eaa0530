import { evidenceOfFact } from '#lib/core/evidence-of.ts';
import { valueOf, type Touch } from '#lib/core/fact.ts';
import { DAY_MS, daysBetween } from '#lib/core/time.ts';
import type { Cadence } from './default-cadence.ts';
import { messageOf } from './correspondent.ts';
import { quoteOf } from './quote.ts';
import { classifyReply, ownWords, returnDate, type ReplyKind } from './replies.ts';
import { isMissed, isTalk, outsSince, type Scene } from './scene.ts';
import type { Situation, SituationKind, Stop } from './situation.ts';
import { day, isCustomer, touched } from './stops.ts';

/** A message that asks for nothing is left alone after this many days. */
const OPEN_DAYS = 14;

type Found = Situation | Stop | null;

const base = (scene: Scene, focus: Touch | null) => ({
  earliest: scene.now,
  window: null,
  focus,
  unanswered: 0,
  intent: 'answer',
});

const asked: Partial<Record<ReplyKind, { kind: SituationKind; purpose: string; text: string }>> = {
  pricing: { kind: 'pricing-asked', purpose: 'answer the pricing question', text: 'asked about pricing' },
  demo: { kind: 'demo-asked', purpose: 'agree on a time to talk', text: 'asked to see it or to talk' },
  question: { kind: 'question-asked', purpose: 'answer the question', text: 'asked a question' },
  objection: { kind: 'objection', purpose: 'take up the concern', text: 'raised a concern' },
  other: { kind: 'unanswered', purpose: 'answer the message', text: 'wrote' },
};

/** The person wrote (or called) last: answer, leave alone, or let a person call. */
export function answered(scene: Scene, cadence: Cadence): Found {
  const { lastIn, lastOut } = scene;
  if (!lastIn || (lastOut && lastOut.at >= lastIn.at)) return null;
  const on = day(scene, lastIn.at);
  const quote = quoteOf(messageOf(lastIn.body)) ?? undefined;
  const claim = (text: string) => touched(scene, text, lastIn, quote);
  const kind = classifyReply(lastIn.title, lastIn.body);
  const stop = (text: string): Stop => ({ stop: text, why: [claim(text)] });
  const name = scene.firstName ?? 'The person';
  if (kind === 'wrong-person')
    return stop(`The reply of ${on} says that this is the wrong person. Update the contact in the CRM.`);
  if (kind === 'out-of-office') return backFromLeave(scene, lastIn);
  const waiting = daysBetween(lastIn.at, scene.now);
  if (waiting > cadence.answerWithinDays || (kind === 'other' && waiting > OPEN_DAYS)) return null;
  if (kind === 'negative') return stop(`${name} said on ${on} that there is no interest now.`);
  const why = (text: string) => [claim(`${name} ${text} on ${on}, and nobody has answered yet.`)];
  if (kind === 'complaint')
    return {
      ...base(scene, lastIn),
      kind: 'complaint',
      channel: 'call',
      purpose: 'a complaint needs a person',
      why: why('complained'),
    };
  const found = asked[kind] ?? { kind: 'unanswered' as const, purpose: 'answer the message', text: 'wrote' };
  const text = lastIn.channel === 'call' ? 'called' : found.text;
  return {
    ...base(scene, lastIn),
    kind: found.kind,
    channel: 'email',
    purpose: found.purpose,
    why: why(text),
  };
}

function backFromLeave(scene: Scene, reply: Touch): Found {
  const back = returnDate(ownWords(reply.body), new Date(reply.at));
  if (!back) return null;
  const text = `An automatic reply of ${day(scene, reply.at)} says: back on ${day(scene, back)}.`;
  // A morning to come home to the inbox; after a week the cadence goes on as usual.
  const earliest = new Date(back.getTime() + DAY_MS);
  if (scene.now.getTime() > earliest.getTime() + 7 * DAY_MS) return null;
  return {
    ...base(scene, scene.lastOut),
    kind: 'back-from-leave',
    channel: 'email',
    purpose: 'pick up after the absence',
    earliest: earliest > scene.now ? earliest : scene.now,
    intent: 'remind',
    why: [touched(scene, text, reply)],
  };
}

/** A meeting or a call is over, or a meeting did not happen, and nothing was sent since. */
export function afterMeeting(scene: Scene, cadence: Cadence): Found {
  const meeting = scene.past.find(t => isTalk(t) || (t.channel === 'meeting' && isMissed(t)));
  if (!meeting || daysBetween(meeting.at, scene.now) > cadence.answerWithinDays) return null;
  if (outsSince(scene, new Date(meeting.at)).length > 0) return null;
  const on = day(scene, meeting.at);
  const lost = isMissed(meeting);
  const text = lost
    ? `The meeting of ${on} did not take place, and nothing was sent since.`
    : `You ${meeting.channel === 'call' ? 'spoke' : 'met'} on ${on}, and no follow-up has been sent.`;
  return {
    ...base(scene, meeting),
    kind: lost ? 'missed-meeting' : 'after-meeting',
    channel: 'email',
    purpose: lost ? 'find a new time' : 'sum up and agree on the next step',
    intent: lost ? 'rearrange' : 'sum up',
    why: [touched(scene, text, meeting, meeting.title)],
  };
}

/** An open deal with no contact for a while, or past its close date. */
export function stalledDeal(scene: Scene, cadence: Cadence): Found {
  if (scene.facts.subject.object !== 'deals') return null;
  const last = scene.past.find(t => t.channel !== 'note');
  const quiet = daysBetween(last?.at ?? scene.facts.createdAt, scene.now);
  if (quiet < cadence.stalledAfterDays) return null;
  const close = scene.facts.fields['closedate'];
  const closes = close?.value
    ? new Date(/^\d{11,}$/.test(close.value) ? Number(close.value) : close.value)
    : null;
  const overdue = close && closes && closes < scene.now;
  const days = Math.floor(quiet);
  const silence = last
    ? `No contact for ${days} days on an open deal.`
    : `No contact in the ${days} days since the deal was opened.`;
  return {
    ...base(scene, last ?? null),
    kind: 'stalled-deal',
    channel: 'email',
    purpose: 'find out where the deal stands',
    intent: 'revive',
    why: [
      last ? touched(scene, silence, last) : { text: silence, evidence: [] },
      ...(overdue
        ? [{ text: `Its close date, ${day(scene, closes)}, has passed.`, evidence: [evidenceOfFact(close)] }]
        : []),
    ],
  };
}

/** We wrote or called last: the cadence says when it is time again, and when it is enough. */
export function silent(scene: Scene, cadence: Cadence): Found {
  const last = scene.lastOut;
  if (!last || isCustomer(scene)) return null;
  const horizon = new Date(scene.now.getTime() - cadence.forgetAfterDays * DAY_MS);
  const met = scene.past.find(t => t === scene.lastIn || isTalk(t));
  const heard = met ? new Date(met.at) : null;
  const since = heard && heard > horizon ? heard : horizon;
  const outs = outsSince(scene, since);
  const on = day(scene, last.at);
  const gone = new Date(last.at) < horizon;
  if (gone && scene.band !== 'hot') {
    const text = `Quiet since ${on}. Nothing new calls for another try.`;
    return { stop: text, why: [touched(scene, text, last, last.title || last.body)] };
  }
  const step = cadence.steps[Math.max(1, outs.length)];
  if (!step) {
    const text = `${outs.length} touches went without an answer, the last on ${on}: leave it until something changes.`;
    return { stop: text, why: [touched(scene, text, last)] };
  }
  const earliest = new Date(new Date(last.at).getTime() + step.waitDays * DAY_MS);
  const what = last.channel === 'email' ? 'e-mail' : last.channel;
  return {
    ...base(scene, last),
    kind: 'silent',
    channel: step.channel,
    purpose: gone
      ? 'get back in touch'
      : {
          remind: 'a short reminder',
          call: 'try the phone',
          'new-angle': 'a new angle',
          'close-the-loop': 'close the loop',
          introduce: 'get back in touch',
        }[step.intent],
    earliest: earliest > scene.now ? earliest : scene.now,
    window: step.window,
    unanswered: outs.length,
    intent: gone ? 'reopen' : step.intent,
    why: [
      touched(
        scene,
        `${isTalk(last) ? 'Nothing' : 'No answer'} since our ${what} of ${on}.`,
        last,
        last.title || last.body,
      ),
    ],
  };
}

/** Nobody of ours has ever been in touch. */
export function newLead(scene: Scene, cadence: Cadence): Found {
  const step = cadence.steps[0];
  if (scene.lastOut || scene.facts.subject.object === 'deals' || isCustomer(scene) || !step) return null;
  const born = scene.facts.fields['createdate'] ?? scene.facts.fields['lastmodifieddate'];
  const stage = valueOf(scene.facts, 'lifecyclestage');
  const what =
    stage && /^[a-z]+$/i.test(stage)
      ? stage.toLowerCase().replace('marketingqualifiedlead', 'marketing lead')
      : 'lead';
  const text = `A ${/lead|subscriber/.test(what) ? what : 'lead'} since ${day(scene, scene.facts.createdAt)} whom nobody has contacted yet.`;
  return {
    ...base(scene, null),
    kind: 'new-lead',
    channel: step.channel,
    purpose: 'first contact',
    window: step.window,
    intent: step.intent,
    why: [{ text, evidence: born ? [evidenceOfFact(born)] : [] }],
  };
}
