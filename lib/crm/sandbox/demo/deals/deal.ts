import { DAY, HOUR, iso, MINUTE, quarterEnd } from '#lib/crm/sandbox/demo/calendar.ts';
import { setsTask, writesNote } from '#lib/crm/sandbox/demo/activities.ts';
import { contactWrites, startThread } from '#lib/crm/sandbox/demo/mail.ts';
import { accountLostMail, accountWonMail } from '#lib/crm/sandbox/demo/phrases/accounts.ts';
import { LOST, lostMail, WON, wonMail } from '#lib/crm/sandbox/demo/phrases/deals.ts';
import { setLifecycle, tick, wait, waitForContact, type Story } from '#lib/crm/sandbox/demo/story.ts';
import { inWords } from '#lib/crm/sandbox/demo/situation.ts';
import { set, settle, type Track } from '#lib/crm/sandbox/demo/track.ts';
import { hopedClose, planDeal, type DealKind, type DealPlan } from './plan.ts';
import { workStage } from './stage.ts';

/** A deal from its first stage to won, lost or now, with what was written around it. Nothing if it starts after now. */
export function tellDeal(story: Story, kind: DealKind): void {
  const { book, random, person } = story;
  const start = tick(story);
  if (start > book.now) return;
  const plan = planDeal(story, kind);
  quote(story, plan);
  const track: Track = new Map();
  const messy = random.chance(0.045);
  story.deal = book.reserve('deals');
  set(track, 'dealstage', plan.path[0]!, start);
  if (!messy) set(track, 'amount', String(plan.amount), start);
  set(track, 'closedate', iso(hopedClose(start, plan, random.next())), start);
  if (!random.chance(0.03)) set(track, 'hubspot_owner_id', person.rep.id, start);
  for (const [i, stage] of plan.path.entries()) {
    if (i > 0) set(track, 'dealstage', stage, tick(story));
    if (!messy && (stage === 'proposal' || stage === 'procurement') && i > 0)
      reprice(story, plan, track, stage);
    workStage(story, plan, stage);
    postpone(story, track);
  }
  finish(story, plan, track);
  writeDeal(story, plan, track, start);
  story.deal = undefined;
}

function reprice(story: Story, plan: DealPlan, track: Track, stage: string): void {
  const factor =
    stage === 'proposal' ? 0.8 + story.random.next() * 0.5 : 1 - story.random.pick([0, 0.04, 0.06, 0.1]);
  plan.amount = Math.max(900, Math.round((plan.amount * factor) / 50) * 50);
  set(track, 'amount', String(plan.amount), tick(story));
  quote(story, plan);
}

/** What is written about the deal speaks of the deal's own numbers. */
function quote({ voice }: Story, plan: DealPlan): void {
  voice.s.price = inWords(plan.amount);
  if (plan.kind === 'expansion') voice.s.newVehicles = plan.vehicles;
}

/** Reps move the close date once it is near or past; some forget. */
function postpone(story: Story, track: Track): void {
  const due = Date.parse(track.get('closedate')!.at(-1)!.value);
  if (story.t < due - 5 * DAY || story.random.chance(0.22)) return;
  const later = Math.max(story.t, due) + story.random.int(14, 45) * DAY;
  const end = quarterEnd(later);
  set(track, 'closedate', iso(end - later < 20 * DAY ? end : later), tick(story));
}

function finish(story: Story, plan: DealPlan, track: Track): void {
  const { random, voice, person } = story;
  if (plan.abandoned) return;
  const end = quarterEnd(story.t) - random.int(0, 6) * DAY;
  if (end > story.t && end - story.t < 24 * DAY && random.chance(0.5))
    story.t = Math.max(story.t, end - 10 * HOUR - random.int(0, 30) * MINUTE);
  waitForContact(story, 10);
  tellDecision(story, plan);
  const closed = tick(story);
  set(track, 'dealstage', plan.won ? 'closedwon' : 'closedlost', closed);
  set(track, 'closedate', iso(closed), closed);
  if (plan.won) set(track, 'closed_won_reason', random.pick(WON), tick(story));
  else set(track, 'closed_lost_reason', LOST[plan.reason], tick(story));
  if (plan.won) setLifecycle(story, 'customer');
  if (plan.won && random.chance(0.35))
    setsTask(story, {
      subject: `Kick-off ${voice.s.city} with ${person.first}`,
      type: 'TODO',
      due: story.t + 12 * DAY,
      doneAt: story.t + random.int(5, 15) * DAY,
      priority: 'HIGH',
    });
  if (!plan.won && random.chance(0.4)) {
    wait(story, 1);
    writesNote(
      story,
      voice.say([
        s => `Lost: ${LOST[plan.reason].toLowerCase()}. Look again in ${s.month}.`,
        s => `What I would do differently at ${s.company}: bring ${s.colleagueFirst} in earlier.`,
      ]),
    );
  }
}

/** The customer often says what was decided; who left or went silent does not. */
function tellDecision(story: Story, { won, kind, reason }: DealPlan): void {
  const { random, voice } = story;
  const thread = startThread(
    story,
    voice.say([
      s => `${s.company} and Halvern: decision`,
      s => `${s.pain.module}: our decision`,
      s => `Contract ${s.company}`,
    ]),
  );
  if (won) {
    if (random.chance(kind === 'new' ? 0.9 : 0.5))
      contactWrites(story, thread, kind === 'new' ? wonMail(voice) : accountWonMail(voice, kind));
  } else if (reason !== 'silent' && reason !== 'champion' && random.chance(0.55))
    contactWrites(story, thread, kind === 'new' ? lostMail(voice, reason) : accountLostMail(voice, kind));
}

function writeDeal(story: Story, plan: DealPlan, track: Track, start: number): void {
  const { book, person, joined, voice, random } = story;
  const { company } = person;
  const { s } = voice;
  const year = new Date(start).getUTCFullYear();
  const name = {
    new: `${company.shortName}: ${s.pain.module}`,
    expansion: random.pick([
      `${company.shortName}: ${plan.vehicles} more ${s.fleet}`,
      `${company.shortName} ${s.pain.module} add-on`,
      `${company.shortName}: new ${s.site}`,
    ]),
    renewal: `${company.shortName} renewal ${year}`,
  }[plan.kind];
  const { properties, history } = settle(track, book.now);
  book.add({
    type: 'deals',
    id: story.deal!,
    at: start,
    history,
    associations: [...new Set([person, ...joined])]
      .map(({ id }) => ({ type: 'contacts', id }))
      .concat({ type: 'companies', id: company.id }),
    properties: {
      ...properties,
      dealname: name,
      pipeline: 'default',
      deal_currency_code: company.place.currency,
      dealtype: plan.kind === 'new' ? 'newbusiness' : 'existingbusiness',
      createdate: iso(start),
      modules: s.pain.module,
      vehicles_in_scope: String(plan.vehicles),
      ...(plan.kind === 'new' && random.chance(0.6) && { main_competitor: s.competitor }),
    },
  });
}
