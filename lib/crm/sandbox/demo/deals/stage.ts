import { calls, meets, setsTask, slotWords, writesNote } from '#lib/crm/sandbox/demo/activities.ts';
import { dateWords, DAY, meetingSlot, season } from '#lib/crm/sandbox/demo/calendar.ts';
import { contactWrites, repWrites, startThread, type Thread } from '#lib/crm/sandbox/demo/mail.ts';
import {
  accountNote,
  contactWritesAccount,
  repWritesAccount,
} from '#lib/crm/sandbox/demo/phrases/accounts.ts';
import { contactWritesOn, dealNote, repWritesOn } from '#lib/crm/sandbox/demo/phrases/deals.ts';
import { championLeaves } from '#lib/crm/sandbox/demo/phrases/replies.ts';
import { minutes } from '#lib/crm/sandbox/demo/phrases/meetings.ts';
import { involveColleague, wait, waitForContact, type Story } from '#lib/crm/sandbox/demo/story.ts';
import type { DealPlan } from './plan.ts';

/** What happens while a deal stands in one stage; ends when it is ready for the next. */
export function workStage(story: Story, plan: DealPlan, stage: string): void {
  const { random, voice, person } = story;
  const stays = (plan.stageDays / season(story.t)) * (1.35 - 0.6 * plan.pull);
  wait(story, stays * 0.35, person.rep.zone, 0.6);
  const keen = random.chance(plan.pull);
  if (plan.kind === 'new' && stage === 'yard_visit') visit(story, keen);
  const busy = plan.kind === 'new' ? 0.5 : 0.2;
  if (random.chance(busy)) {
    const thread = startThread(story, dealSubject(story, plan, stage));
    repWrites(
      story,
      thread,
      plan.kind === 'new' ? repWritesOn(voice, stage) : repWritesAccount(voice, plan.kind),
    );
    if (random.chance(0.2 + 0.7 * plan.pull)) answer(story, plan, stage, thread, keen);
  }
  if (random.chance(0.15 + 0.25 * plan.pull)) involveColleague(story);
  if (random.chance(0.08)) writesNote(story, plan.kind === 'new' ? dealNote(voice) : accountNote(voice));
  if (random.chance(0.09))
    calls(
      story,
      random.chance(0.3 + 0.5 * plan.pull) ? 'Connected' : 'No answer',
      keen ? 'keen' : 'lukewarm',
    );
  if (random.chance(0.1))
    setsTask(story, {
      subject: taskFor(story, stage),
      type: 'TODO',
      due: story.t + random.int(2, 7) * DAY,
      ...(random.chance(0.9) && { doneAt: story.t + random.int(1, 12) * DAY }),
    });
  if (plan.championLeaves && stage === plan.path.at(-1)) {
    waitForContact(story, 30);
    const last = dateWords(story.t + 14 * DAY, person.company.place.zone);
    contactWrites(story, startThread(story, `Leaving ${voice.s.company}`), championLeaves(voice, last));
  }
  wait(story, stays * 0.65, person.rep.zone, 0.6);
}

function answer(story: Story, plan: DealPlan, stage: string, thread: Thread, keen: boolean): void {
  const { voice } = story;
  waitForContact(story, 46 - 34 * plan.pull);
  contactWrites(
    story,
    thread,
    plan.kind === 'new' ? contactWritesOn(voice, stage, keen) : contactWritesAccount(voice, plan.kind, keen),
  );
}

function visit(story: Story, keen: boolean): void {
  const { random, voice, person } = story;
  const start = meetingSlot(story.t, random.int(3, 8), person.company.place.zone, random);
  const thread = startThread(
    story,
    voice.say([s => `Visit in ${s.city}`, s => `Seeing the ${s.site}: date`]),
  );
  repWrites(story, thread, [
    voice.say([
      s =>
        `May I come to the ${s.site} in ${s.city} on ${slotWords(story, start)}? I would like to see a morning shift and talk to the foreman.`,
      s =>
        `I am near ${s.city} and could come by on ${slotWords(story, start)}, if ${s.colleagueFirst} has half an hour.`,
    ]),
  ]);
  waitForContact(story, 12);
  if (story.t > start - DAY / 8) return;
  contactWrites(story, thread, [
    voice.say([
      s => `Come by, and report to the gate. Safety shoes are required at the ${s.site}.`,
      s => `That suits us. ${s.colleagueFirst} will show you round.`,
      s => `Fine, but be punctual: at six the ${s.fleet} are out.`,
    ]),
  ]);
  meets(story, start, random.chance(0.9) ? 'COMPLETED' : 'CANCELED');
  writesNote(story, minutes(voice, keen));
}

function dealSubject({ voice }: Story, plan: DealPlan, stage: string): string {
  if (plan.kind === 'renewal')
    return voice.say([
      s => `Renewal of your contract (${s.vehicles} vehicles)`,
      s => `${s.company}: another year of Halvern`,
    ]);
  if (plan.kind === 'expansion')
    return voice.say([
      s => `${s.newVehicles} more ${s.fleet}`,
      s => `${s.pain.module} for ${s.company}`,
      s => `Amendment for ${s.city}`,
    ]);
  switch (stage) {
    case 'discovery':
      return voice.say([s => `Vehicle list for ${s.company}`, s => `${s.pain.topic}: what I need from you`]);
    case 'yard_visit':
      return voice.say([s => `After the ${s.site} in ${s.city}`, () => 'Preparing the pilot']);
    case 'pilot':
      return voice.say([s => `Pilot in ${s.city}`, s => `${s.pain.module}: first figures`]);
    case 'proposal':
      return voice.say([s => `Offer for ${s.vehicles} ${s.fleet}`, s => `Halvern offer, ${s.company}`]);
    case 'procurement':
      return voice.say([s => `Supplier documents for ${s.company}`, () => 'Open points with purchasing']);
    default:
      return voice.say([s => `Contract for ${s.siteCount}`, () => 'Signature']);
  }
}

const taskFor = ({ voice }: Story, stage: string): string =>
  voice.say(
    stage === 'proposal' || stage === 'procurement'
      ? [s => `Send ${s.first} the revised figures`, s => `Answer purchasing at ${s.company}`]
      : [
          s => `Reference call for ${s.company}`,
          s => `Ask ${s.first} for the list of ${s.sites}`,
          s => `Check ${s.question.topic} with product`,
        ],
  );
