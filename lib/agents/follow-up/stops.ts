import type { Claim } from '#lib/core/evidence.ts';
import { evidenceOfFact, evidenceOfTouch } from '#lib/core/evidence-of.ts';
import { valueOf, type Touch } from '#lib/core/fact.ts';
import { isRest, type Memory } from '#lib/core/memory.ts';
import type { TenantSettings } from '#lib/core/settings.ts';
import { classifyReply } from './replies.ts';
import type { Scene } from './scene.ts';
import type { Stop } from './situation.ts';
import { isClosed, taught, type Wishes } from './wishes.ts';
import { dayInWords } from './when.ts';

export const day = (scene: Scene, at: string | Date): string => dayInWords(at, 'UTC', scene.now);

/** A sentence about one activity, linked to it. */
export const touched = (scene: Scene, text: string, touch: Touch, snippet?: string): Claim => ({
  text,
  evidence: [evidenceOfTouch(touch, scene.facts.subject, snippet)],
});

function fieldStop(scene: Scene, name: string, when: RegExp, reason: (value: string) => string): Stop | null {
  for (const fields of [scene.person, scene.facts]) {
    const fact = fields?.fields[name];
    if (!fact || !when.test(fact.value ?? '')) continue;
    const text = reason(fact.value ?? '');
    return { stop: text, why: [{ text, evidence: [evidenceOfFact(fact)] }] };
  }
  return null;
}

const optedOut = (scene: Scene): Stop | null => {
  const out = (field: string) =>
    fieldStop(scene, field, /^(true|yes|1)$/i, () => 'This person has opted out of e-mail.');
  const field = out('hs_email_optout') ?? out('email_opt_out');
  if (field) return field;
  const asked = scene.past.find(
    t => t.channel === 'email' && t.direction === 'in' && classifyReply(t.title, t.body) === 'unsubscribe',
  );
  if (!asked) return null;
  const text = `This person asked on ${day(scene, asked.at)} not to be contacted. Record the opt-out in the CRM.`;
  return { stop: text, why: [touched(scene, text, asked)] };
};

/** Outreach that belongs to the CRM is left to its sequences: nobody hears from two voices. */
const inSequence = (scene: Scene, { outreachOwner }: TenantSettings): Stop | null =>
  outreachOwner === 'crm'
    ? fieldStop(
        scene,
        'hs_sequences_is_enrolled',
        /^true$/i,
        () =>
          'This person is in a sequence of the CRM, which writes to them. Outreach belongs to the CRM (Settings).',
      )
    : null;

const closed = (scene: Scene): Stop | null =>
  scene.facts.subject.object === 'deals'
    ? (fieldStop(scene, 'hs_is_closed', /^true$/i, () => 'This deal is closed.') ??
      fieldStop(scene, 'dealstage', /closed ?_?(won|lost)/i, () => 'This deal is closed.'))
    : fieldStop(
        scene,
        'hs_lead_status',
        /unqualified|bad_timing|disqualified/i,
        value => `The lead status is ${value}.`,
      );

const openTask = (scene: Scene): Stop | null => {
  const task = scene.openTasks[0];
  if (!task) return null;
  const text = `A task is already open for this record: “${task.title.slice(0, 120)}”, due ${day(scene, task.at)}.`;
  return { stop: text, why: [touched(scene, text, task, task.title)] };
};

const planned = (scene: Scene): Stop | null => {
  const next = scene.planned.at(-1);
  if (!next) return null;
  const text = `A ${next.channel} is planned for ${day(scene, next.at)}.`;
  return { stop: text, why: [touched(scene, text, next, next.title)] };
};

const isInForce = ({ expiresAt }: Memory, { now }: Scene): boolean =>
  expiresAt === null || new Date(expiresAt) > now;

/** The reason of a stop is read by everybody who sees the record. */
const said = (memory: Memory): string =>
  memory.scope === 'private' ? 'A private memory of the record’s owner says so' : taught(memory).text;

/** What somebody taught leaves nobody, or no way, to reach. */
function taughtStop(scene: Scene, wishes: Wishes): Stop | null {
  if (wishes.stop) return { stop: said(wishes.stop), why: [taught(wishes.stop)] };
  const [mail, call] = [isClosed(wishes, 'email'), isClosed(wishes, 'call')];
  const ways = (scene.hasEmail && !mail) || (scene.hasPhone && !call);
  const closed = [mail, call].filter(memory => memory !== null);
  if (ways || closed.length === 0) return null;
  const [first] = closed;
  const left =
    scene.hasEmail === scene.hasPhone
      ? ''
      : ` There is no ${scene.hasEmail ? 'phone number' : 'e-mail address'} instead.`;
  return { stop: `${first ? said(first) : ''}.${left}`, why: closed.map(taught) };
}

/** A memory in force holds unless the person got in touch after it. */
const remembered = (scene: Scene, memories: Memory[]): Stop | null => {
  const heard = scene.lastIn ? new Date(scene.lastIn.at) : null;
  const memory = memories.find(
    m =>
      isRest(m) &&
      isInForce(m, scene) &&
      (!heard || new Date(m.at) > heard) &&
      !(m.kind === 'rejected-suggestion' && wantsCall(m)),
  );
  if (!memory) return null;
  const what = memory.kind === 'snoozed' ? 'was put off' : 'was turned down';
  const until = memory.expiresAt ? `; it rests until ${day(scene, memory.expiresAt)}` : '';
  const stop = `A suggestion ${what} on ${day(scene, memory.at)}${memory.text ? `: “${memory.text.slice(0, 200)}”` : ''}${until}.`;
  return { stop, why: [{ text: stop, evidence: [] }] };
};

/** "Better call her": the suggestion was wrong in its channel only. */
const wantsCall = (memory: Memory): boolean =>
  /\b(rather|better|instead|prefer\w*|should)\b.*\b(call|phone|ring)|\b(call|phone|ring)\b.*\b(instead|rather|better)\b/i.test(
    memory.text,
  );

export const callPreferred = (scene: Scene, memories: Memory[]): boolean =>
  memories.some(m => m.kind === 'rejected-suggestion' && isInForce(m, scene) && wantsCall(m));

const unreachable = (scene: Scene): Stop | null => {
  const text = scene.person
    ? 'There is neither an e-mail address nor a phone number for this person.'
    : 'This deal has no contact. Add one in the CRM.';
  return scene.hasEmail || scene.hasPhone ? null : { stop: text, why: [{ text, evidence: [] }] };
};

const bounced = (scene: Scene): Stop | null => {
  const last = scene.past.find(t => t.channel === 'email' && t.direction === 'out');
  if (last?.status !== 'BOUNCED' || scene.hasPhone) return null;
  const text = `Our e-mail of ${day(scene, last.at)} bounced. Check the address in the CRM.`;
  return { stop: text, why: [touched(scene, text, last, last.title)] };
};

/** What forbids a touch whatever else is the case, in the order in which a person should hear of it. */
export const stopFor = (
  scene: Scene,
  { memories, wishes }: { memories: Memory[]; wishes: Wishes },
  settings: TenantSettings,
): Stop | null =>
  optedOut(scene) ??
  inSequence(scene, settings) ??
  closed(scene) ??
  unreachable(scene) ??
  taughtStop(scene, wishes) ??
  bounced(scene) ??
  openTask(scene) ??
  planned(scene) ??
  remembered(scene, memories);

export const isCustomer = (scene: Scene): boolean =>
  scene.person !== null && /^(customer|evangelist)$/i.test(valueOf(scene.person, 'lifecyclestage') ?? '');
