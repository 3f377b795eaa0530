import type { Claim } from '#lib/core/evidence.ts';
import type { Abstention, Proposal } from '#lib/core/proposal.ts';
import { DAY_MS, daysBetween, toInstant } from '#lib/core/time.ts';
import type { FollowUpInput, Proposed } from '../input.ts';
import { briefOf, compile, type Dossier } from './brief.ts';
import { plan } from './plan.ts';
import { contexts, labelOf } from './sentences.ts';
import { setScene, type Scene } from './scene.ts';
import { isStop, priors, type Situation } from './situation.ts';
import { taskOf } from './task.ts';
import { narrow, sendTime, zoneOf } from './when.ts';
import { taughtFor, windowsFor, wishesOf, type Wishes } from './wishes.ts';
import { writeByModel, writeByRules, type Written } from './write.ts';

const AGENT = 'follow-up';
const SHELF_DAYS = 7;

/**
 * Prior of the situation, times how fresh the newest evidence is (1 today, falling to 0.6 with a half-life of about ten
 * days), times 0.9 for each thing that a person has to look up first: the time zone, the name. Guardrails and the
 * tenant's own answers refine it later.
 */
function confidenceOf(situation: Situation, scene: Scene, known: { zone: boolean }): number {
  const newest = situation.focus?.at ?? scene.facts.createdAt;
  const age = Math.max(0, daysBetween(newest, scene.now));
  const fresh = 0.6 + 0.4 * Math.exp(-age / 14);
  const unsure = (known.zone ? 1 : 0.9) * (scene.firstName ? 1 : 0.9);
  return Math.round(priors[situation.kind] * fresh * unsure * 1000) / 1000;
}

const abstain = (input: FollowUpInput, reason: string, why: Claim[]): Abstention => ({
  outcome: 'abstain',
  agent: AGENT,
  task: 'follow-up',
  subject: input.facts.subject,
  reason,
  why: why.slice(0, 3),
});

/** What stands in the record of a person with whom nothing has happened yet. */
const knownOf = (dossier: Dossier): Claim[] =>
  dossier.items
    .filter(item => item.kind === 'field')
    .slice(0, 1)
    .map(item => ({
      text: `Known so far: ${labelOf(item.name)} “${item.text.slice(0, 150)}”.`,
      evidence: [dossier.evidence.get(item.id)].filter(e => e !== undefined),
    }));

function whyOf(
  situation: Situation,
  written: Written,
  dossier: Dossier,
  { zoned, wishes }: { zoned: boolean; wishes: Wishes },
): Claim[] {
  const evidence = situation.why[0]?.evidence ?? [];
  return [
    ...situation.why,
    ...(situation.focus ? [] : knownOf(dossier)),
    ...taughtFor(wishes, situation.channel),
    ...(written.writtenBy === 'language model' && written.form.whyNow
      ? [{ text: written.form.whyNow, evidence }]
      : []),
    ...(zoned ? [] : [{ text: 'Time zone unknown: please check the time.', evidence: [] }]),
    ...(written.fellBack ? [{ text: `Written by rule. ${written.fellBack}`, evidence: [] }] : []),
  ];
}

const claimsOf = (written: Written, dossier: Dossier): Claim[] =>
  written.form.claims
    .map(claim => ({
      text: claim.text,
      evidence: claim.evidence.map(id => dossier.evidence.get(id)).filter(e => e !== undefined),
    }))
    .filter(claim => claim.evidence.length > 0);

/** Proposes the next follow-up of one record, or says why there is none. */
export async function proposeFollowUp(input: FollowUpInput): Promise<Proposed> {
  const { facts, now, settings, mode, memories } = input;
  if (!['contacts', 'leads', 'deals'].includes(facts.subject.object))
    return {
      suggestion: abstain(input, 'Follow-ups are made for contacts, leads and deals.', []),
      modelCalls: [],
    };
  const scene = setScene(facts, now, input.score?.band ?? null);
  const wishes = wishesOf(memories, scene);
  const planned = plan(scene, input.cadence.body, { memories, wishes }, settings);
  if (isStopped(planned)) return { suggestion: abstain(input, planned.stop, planned.why), modelCalls: [] };

  const timezone = zoneOf(scene.person, facts.account);
  const zone = timezone?.name ?? settings.timezone;
  const allowed = mode === 'agent' ? planned : ([planned[0]] as [Situation]);
  const dossier = compile(scene, allowed, zone, memories);
  const timed = (situation: Situation) => {
    const wished = windowsFor(wishes, situation.channel).reduce(narrow, settings.sendHours);
    const office = wishes.office && { ...wishes.office.says, zone: settings.timezone };
    const sendAt = sendTime(situation.earliest, zone, narrow(wished, situation.window), office);
    return { situation, sendAt, brief: briefOf(scene, situation, dossier, sendAt, zone) };
  };
  const [first, ...others] = [timed(allowed[0]), ...allowed.slice(1).map(timed)] as const;
  if (!first.situation.focus && contexts(first.brief, dossier.items).length === 0)
    return {
      suggestion: abstain(
        input,
        'Too little is known of this person for a message that is not a circular.',
        first.situation.why,
      ),
      modelCalls: [],
    };

  const given = {
    briefs: [first.brief, ...others.map(o => o.brief)] as const,
    dossier,
    prompt: input.prompt,
    model: input.model,
    wishes,
  };
  const written = mode === 'rules' ? writeByRules(given) : await writeByModel(given);
  const { situation, sendAt, brief } = [first, ...others][written.chosen] ?? first;
  const why = whyOf(situation, written, dossier, { zoned: timezone !== null, wishes });
  const proposal: Proposal = {
    outcome: 'propose',
    agent: AGENT,
    task: 'follow-up',
    subject: facts.subject,
    changes: [taskOf({ input, scene, situation, brief, form: written.form, sendAt, timezone, why })],
    claims: claimsOf(written, dossier),
    why,
    confidence: confidenceOf(situation, scene, { zone: timezone !== null }),
    sendAt: toInstant(sendAt),
    timezone,
    expiresAt: toInstant(sendAt.getTime() + SHELF_DAYS * DAY_MS),
    writtenBy: written.writtenBy,
  };
  return { suggestion: proposal, modelCalls: written.calls };
}

const isStopped = (planned: ReturnType<typeof plan>): planned is Extract<typeof planned, { stop: string }> =>
  !Array.isArray(planned) && isStop(planned);
