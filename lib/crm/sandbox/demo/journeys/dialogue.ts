import { calls, meets, setsTask, slotWords, writesNote } from '#lib/crm/sandbox/demo/activities.ts';
import { DAY, meetingSlot } from '#lib/crm/sandbox/demo/calendar.ts';
import { contactWrites, repWrites, type Thread } from '#lib/crm/sandbox/demo/mail.ts';
import * as answers from '#lib/crm/sandbox/demo/phrases/answers.ts';
import { minutes, reschedules } from '#lib/crm/sandbox/demo/phrases/meetings.ts';
import * as replies from '#lib/crm/sandbox/demo/phrases/replies.ts';
import { sigmoid } from '#lib/crm/sandbox/demo/random.ts';
import {
  involveColleague,
  setLifecycle,
  setStatus,
  wait,
  waitForContact,
  type Story,
} from '#lib/crm/sandbox/demo/story.ts';
import { set } from '#lib/crm/sandbox/demo/track.ts';
import { closeLead, qualifyLead } from './close.ts';

const OBJECTION_KINDS = ['price', 'incumbent', 'capacity', 'security', 'drivers'] as const;
type Reply =
  'interested' | 'question' | 'price' | 'objection' | 'later' | 'refers' | 'wrong' | 'optOut' | 'complaint';

const answerTime = (story: Story): void =>
  wait(story, story.person.rep.pace / 30, story.person.rep.zone, 0.5);

function drawReply({ random }: Story, warmth: number): Reply {
  const more = (weight: number, pull: number): number => weight * Math.exp(pull * warmth);
  return random.weighted<Reply>([
    ['interested', more(3, 0.6)],
    ['question', more(2, 0.35)],
    ['price', more(1, 0.35)],
    ['objection', 1.5],
    ['later', more(1.3, -0.5)],
    ['refers', 0.5],
    ['wrong', more(0.35, -0.5)],
    ['optOut', more(0.5, -0.8)],
    ['complaint', 0.22],
  ]);
}

/** The contact has decided to write back: what they write, and where that leads. */
export function converse(story: Story, thread: Thread, warmth: number): boolean {
  const { voice, random, person } = story;
  const reply = drawReply(story, warmth);
  switch (reply) {
    case 'wrong':
      contactWrites(story, thread, replies.wrongPerson(voice));
      return closeLead(story, 'wrong person, no successor known', 0);
    case 'optOut':
      contactWrites(story, thread, replies.optsOut(voice));
      wait(story, 0.3);
      set(person.track, 'hs_email_optout', 'true', story.t);
      return closeLead(story, 'asked not to be contacted', 0);
    case 'later':
      contactWrites(story, thread, replies.notNow(voice));
      return closeLead(story, 'timing, they said when to come back', 0.08, 'BAD_TIMING');
    case 'complaint':
      contactWrites(story, thread, replies.complains(voice));
      answerTime(story);
      repWrites(story, thread, answers.apologises(voice));
      return random.chance(sigmoid(warmth - 1))
        ? goOn(story, thread, warmth)
        : closeLead(story, 'annoyed by our contacts');
    case 'refers':
      contactWrites(story, thread, replies.refers(voice));
      answerTime(story);
      repWrites(story, thread, answers.thanksForName(voice));
      involveColleague(story);
      return random.chance(sigmoid(warmth - 0.4))
        ? goOn(story, thread, warmth)
        : closeLead(story, 'passed on and lost');
    case 'question':
      setStatus(story, 'IN_PROGRESS');
      contactWrites(story, thread, replies.asksQuestion(voice));
      answerTime(story);
      repWrites(story, thread, answers.answersQuestion(voice));
      break;
    case 'price':
      setStatus(story, 'IN_PROGRESS');
      contactWrites(story, thread, replies.asksPrice(voice));
      answerTime(story);
      repWrites(story, thread, answers.outlinesPrice(voice));
      break;
    case 'objection': {
      setStatus(story, 'IN_PROGRESS');
      const kind = random.pick(OBJECTION_KINDS);
      contactWrites(story, thread, replies.objects(voice, kind));
      answerTime(story);
      repWrites(story, thread, answers.settles(voice, kind));
      if (!random.chance(sigmoid(warmth + 0.1))) return silence(story, thread, warmth - 0.5);
      break;
    }
    case 'interested':
      contactWrites(story, thread, replies.interested(voice));
      return meet(story, thread, warmth + 0.2);
  }
  if (!random.chance(sigmoid(0.9 * warmth + 0.5))) return silence(story, thread, warmth);
  return goOn(story, thread, warmth);
}

export function converseAfterCall(story: Story, thread: Thread, warmth: number): boolean {
  const { random } = story;
  const feeling = warmth + random.normal() * 0.7;
  calls(story, 'Connected', feeling > 0.6 ? 'keen' : feeling > -0.6 ? 'lukewarm' : 'cold');
  if (feeling < -0.6) return closeLead(story, 'no interest on the phone', 0.15);
  if (feeling > 0.9 && random.chance(0.12)) return qualifyLead(story);
  return random.chance(sigmoid(feeling + 0.3)) ? meet(story, thread, warmth) : silence(story, thread, warmth);
}

function goOn(story: Story, thread: Thread, warmth: number): boolean {
  waitForContact(story, Math.exp(3.2 - 0.4 * warmth));
  contactWrites(story, thread, replies.interested(story.voice));
  return meet(story, thread, warmth);
}

/** Slot, meeting, what came of it. A meeting missed once is tried once more. */
function meet(story: Story, thread: Thread, warmth: number, again = false): boolean {
  const { voice, random, person } = story;
  setStatus(story, 'CONNECTED');
  setLifecycle(story, 'marketingqualifiedlead');
  answerTime(story);
  const start = meetingSlot(story.t, random.int(3, 9), person.company.place.zone, random);
  const when = slotWords(story, start);
  repWrites(story, thread, again ? answers.proposesNewDate(voice, when) : answers.proposesSlot(voice, when));
  if (!random.chance(sigmoid(0.7 * warmth + 0.9))) return silence(story, thread, warmth - 0.4);
  const room = Math.min(Math.exp(2.6 - 0.4 * warmth), ((start - story.t) / DAY) * 6);
  waitForContact(story, room);
  if (story.t > start - 2 * 3_600_000) return silence(story, thread, warmth - 0.3);
  contactWrites(story, thread, replies.accepts(voice, when));
  if (random.chance(sigmoid(0.8 * warmth - 0.3))) involveColleague(story);
  const shows = random.chance(sigmoid(0.6 * warmth + 1.5));
  if (!shows) {
    const canceled = random.chance(0.55);
    meets(story, start, canceled ? 'CANCELED' : 'NO_SHOW');
    if (canceled) contactWrites(story, thread, reschedules(voice));
    return again || !random.chance(sigmoid(warmth + 0.4))
      ? silence(story, thread, warmth - 0.6)
      : meet(story, thread, warmth - 0.1, true);
  }
  meets(story, start, 'COMPLETED');
  return followMeeting(story, thread, warmth);
}

function followMeeting(story: Story, thread: Thread, warmth: number): boolean {
  const { voice, random } = story;
  const room = 0.75 * warmth + random.normal() * 0.9; // budget and politics, which no field shows
  const keen = random.chance(sigmoid(1.1 * room + 0.25));
  setLifecycle(story, 'salesqualifiedlead');
  writesNote(story, minutes(voice, keen || random.chance(0.25)));
  answerTime(story);
  repWrites(story, thread, answers.recaps(voice));
  if (random.chance(0.6))
    setsTask(story, {
      subject: `Ask ${voice.s.first} about ${voice.s.question.topic}`,
      type: 'EMAIL',
      due: story.t + 6 * DAY,
      doneAt: story.t + random.int(4, 9) * DAY,
    });
  if (random.chance(keen ? 0.75 : 0.3)) {
    waitForContact(story, Math.exp(3.4 - 0.4 * warmth));
    contactWrites(story, thread, replies.thanksAfter(voice));
    if (random.chance(keen ? 0.68 : 0.38)) return qualifyLead(story);
  } else if (random.chance(keen ? 0.45 : 0.16)) {
    wait(story, 6);
    calls(story, 'Connected', keen ? 'keen' : 'lukewarm');
    return qualifyLead(story);
  }
  return silence(story, thread, warmth - 0.4);
}

/** Nothing comes. One or two more tries, then a late yes, a no, or the end. */
function silence(story: Story, thread: Thread, warmth: number): boolean {
  const { voice, random } = story;
  const met = story.person.track.get('lifecyclestage')?.at(-1)?.value === 'salesqualifiedlead';
  const tries = random.int(1, 2);
  for (let i = 0; i < tries; i++) {
    wait(story, random.int(5, 10));
    if (random.chance(0.25)) calls(story, random.pick(['No answer', 'Left voicemail']));
    else repWrites(story, thread, met ? answers.asksAfterSilence(voice) : nudgeOn(voice));
    if (!random.chance(sigmoid(0.9 * warmth - 1))) continue;
    waitForContact(story, 30);
    if (random.chance(sigmoid(warmth - 0.1))) {
      contactWrites(story, thread, met ? replies.thanksAfter(voice) : replies.interested(voice));
      if (met) return qualifyLead(story);
      return meet(story, thread, warmth - 0.2);
    }
    contactWrites(story, thread, replies.notNow(voice));
    return closeLead(story, 'not now, in their own words', 0.1, 'BAD_TIMING');
  }
  if (!met && random.chance(0.2 * sigmoid(warmth + 0.8))) return comeBack(story, thread, warmth);
  return closeLead(story, 'stopped answering', 0.25, random.chance(0.4) ? 'BAD_TIMING' : 'UNQUALIFIED');
}

/** Weeks later, unasked: the topic has become urgent over there. */
export function comeBack(story: Story, thread: Thread, warmth: number): boolean {
  wait(story, story.random.int(14, 35), story.person.company.place.zone);
  setStatus(story, 'IN_PROGRESS');
  contactWrites(story, thread, replies.asksPrice(story.voice));
  answerTime(story);
  repWrites(story, thread, answers.outlinesPrice(story.voice));
  return story.random.chance(0.4) ? qualifyLead(story) : goOn(story, thread, warmth + 0.6);
}

const nudgeOn = (voice: Story['voice']): string[] => [
  voice.say([
    s => `Picking this up again: is ${s.pain.topic} still open at ${s.company}?`,
    s => `I do not want our talk about ${s.pain.topic} to end half-way.`,
    () => 'Mail gets lost in the daily business, so I ask once more.',
    s => `Any news from ${s.colleagueFirst}?`,
  ]),
  voice.say([
    s => `I could also simply load ten of your ${s.fleet} and show you what comes out.`,
    () => 'Ten minutes on the phone would do.',
    s => `If ${s.month} is better, I note that.`,
    s => `A reply from ${s.colleagueFirst} is as good as one from you.`,
  ]),
];
