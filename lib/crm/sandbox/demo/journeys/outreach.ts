import { calls, setsTask, writesNote } from '#lib/crm/sandbox/demo/activities.ts';
import { DAY, inOfficeHours, season } from '#lib/crm/sandbox/demo/calendar.ts';
import { arrives, repWrites, startThread, type Thread } from '#lib/crm/sandbox/demo/mail.ts';
import { outOfOffice, shortDate } from '#lib/crm/sandbox/demo/phrases/automatic.ts';
import type { CallOutcome } from '#lib/crm/sandbox/demo/phrases/calls.ts';
import { research } from '#lib/crm/sandbox/demo/phrases/notes.ts';
import { breakUp, firstTouch, nudge, subject } from '#lib/crm/sandbox/demo/phrases/outreach.ts';
import { sigmoid } from '#lib/crm/sandbox/demo/random.ts';
import { setStatus, wait, waitForContact, type Story } from '#lib/crm/sandbox/demo/story.ts';
import { closeLead } from './close.ts';
import { comeBack, converse, converseAfterCall } from './dialogue.ts';

/** The rep writes and calls until someone answers or patience ends. True when the lead became an opportunity. */
export function reachOut(story: Story, intent: number): boolean {
  const { random, person, voice } = story;
  const delay = (person.rep.pace / 24) * (intent > 1 ? 0.6 : 1);
  wait(story, delay, person.rep.zone, 0.6);
  const warmth = intent - 0.3 * Math.log1p((story.t - person.createdAt) / DAY);
  if (random.chance(0.2)) writesNote(story, research(voice));
  setStatus(story, 'OPEN');
  let thread = startThread(story, subject(voice));
  const patience = random.int(2, 5) + (intent > 0.5 ? 1 : 0);
  for (let touch = 0; touch < patience; touch++) {
    if (touch > 0) wait(story, random.pick([3, 4, 5, 7]) / Math.max(0.5, season(story.t)));
    if (touch === 1) setStatus(story, 'ATTEMPTED_TO_CONTACT');
    if (touch === 3) thread = startThread(story, subject(voice));
    const byPhone = person.fixed['phone'] !== undefined && random.chance(touch === 0 ? 0.12 : 0.38);
    if (byPhone) {
      const outcome = random.weighted<CallOutcome>([
        ['No answer', 44],
        ['Left voicemail', 22],
        ['Left live message', 7],
        ['Busy', 5],
        ['Wrong number', 2],
        ['Connected', 18 + 6 * warmth],
      ]);
      if (outcome === 'Connected') return converseAfterCall(story, thread, warmth);
      calls(story, outcome);
      continue;
    }
    const last = touch === patience - 1;
    repWrites(story, thread, touch === 0 ? firstTouch(voice) : last ? breakUp(voice) : nudge(voice));
    if (touch === 0 && random.chance(0.25))
      setsTask(story, {
        subject: `Call ${person.first} if no answer (${voice.s.company})`,
        type: 'CALL',
        due: story.t + 4 * DAY,
        doneAt: story.t + random.int(3, 9) * DAY,
        priority: 'LOW',
      });
    if (random.chance(0.07 / season(story.t))) sayAway(story, thread);
    if (random.chance(sigmoid(1.05 * warmth - 1.3 - 0.2 * touch) * Math.sqrt(season(story.t)))) {
      waitForContact(story, Math.exp(3.2 - 0.45 * warmth));
      return converse(story, thread, warmth);
    }
  }
  if (random.chance(0.22 * sigmoid(warmth + 0.3))) return comeBack(story, thread, warmth);
  return closeLead(story, 'no answer to any message', 0.22);
}

function sayAway(story: Story, thread: Thread): void {
  const back = story.t + story.random.int(3, 16) * DAY;
  const { place } = story.person.company;
  const { subject: prefix, text } = outOfOffice(
    place.language,
    story.voice.s,
    shortDate(place.language, back),
    story.person.email,
  );
  arrives(story, thread, text, prefix);
  story.t = inOfficeHours(back + DAY / 4, story.person.rep.zone, story.random);
}
