import { daysBetween, type Instant } from '#lib/core/time.ts';
import type { StoredDeal } from './store-types.ts';
import type { StageFacts } from './stage-facts.ts';

/** A warning sign of an open deal, in words and numbers; `field` is where the record shows it, if it does. */
export interface Risk {
  flag:
    'single-threaded' | 'silent' | 'no-reply' | 'pushed' | 'close-date-past' | 'stale-stage' | 'no-next-step';
  text: string;
  field: string | null;
}

/** What is usual for a tenant, learnt from its own deals. */
export interface Norms {
  /** Of won deals, by stage id. */
  stages: ReadonlyMap<string, StageNorm>;
  /** Median amount of open deals in minor units, by currency. */
  medianAmount: ReadonlyMap<string, number>;
}
export interface StageNorm {
  /** Stays of won deals in the stage, and the days within which 80 % of them ended. */
  stays: number;
  days80: number;
  /** Stays in which there was contact, and the days that silence lasted at most in 80 % of them. */
  talks: number;
  silence80: number;
}

/** With fewer examples than this nothing is said to be usual. */
const FEWEST = 5;
/** Silence that is long anywhere, and silence that nobody should be warned of, in days. */
const SILENT_DAYS = 21;
const LEAST_SILENT_DAYS = 7;
const LATE_STAGE_BP = 5000;

/** The CRM's stage of an open deal; undefined where the CRM does not define it. */
export interface RiskContext {
  stage: StageFacts | undefined;
  norms: Norms;
  now: Instant;
  /** Minor units as money for people. */
  money: (minor: number, currency: string) => string;
}

type Rule = (deal: StoredDeal, context: RiskContext) => string | null;

const wholeDays = (from: Instant, to: Instant): number => Math.floor(daysBetween(from, to));
const days = (n: number): string => `${n} ${n === 1 ? 'day' : 'days'}`;

/** Days without a touch after which a deal in this stage is silent; `usual`: what it rests on, where it is the tenant's own. */
export function silentAfter(stageId: string, norms: Norms): { limit: number; usual: number | null } {
  const norm = norms.stages.get(stageId);
  if (!norm || norm.talks < FEWEST) return { limit: SILENT_DAYS, usual: null };
  const usual = Math.max(1, Math.ceil(norm.silence80));
  return { limit: Math.max(LEAST_SILENT_DAYS, usual), usual };
}

const singleThreaded: Rule = (deal, { stage, norms, money }) => {
  if (deal.people > 1) return null;
  const who = deal.people === 0 ? 'Nobody is linked to it' : 'Only one person is linked to it';
  if (stage && stage.probabilityBp >= LATE_STAGE_BP) return `${who}, at the late stage ${stage.name}.`;
  const median = norms.medianAmount.get(deal.currency);
  if (deal.amountMinor === null || median === undefined || deal.amountMinor <= median) return null;
  return `${who}, and it is worth ${money(deal.amountMinor, deal.currency)}: half of the open deals are below ${money(median, deal.currency)}.`;
};

const silent: Rule = (deal, { norms, now }) => {
  const { limit, usual } = silentAfter(deal.stageId, norms);
  const since = wholeDays(deal.lastTouchAt ?? deal.createdAt, now);
  if (since <= limit) return null;
  const what = deal.lastTouchAt
    ? `No contact for ${days(since)}`
    : `No contact in the ${days(since)} since it was created`;
  return usual === null
    ? `${what} (limit ${days(limit)}).`
    : `${what}; in 80 % of the deals you won, silence at this stage lasted at most ${days(usual)}.`;
};

const noReply: Rule = deal =>
  deal.unanswered >= 3 ? `The last ${deal.unanswered} e-mails and calls were not answered.` : null;

const pushed: Rule = deal =>
  deal.pushes >= 2 ? `The close date was moved to a later day ${deal.pushes} times.` : null;

export const closeDatePast: Rule = (deal, { now }) => {
  if (deal.closeDate === null || deal.closeDate.slice(0, 10) >= now.slice(0, 10)) return null;
  return `The close date, ${deal.closeDate.slice(0, 10)}, is ${days(Math.max(1, wholeDays(deal.closeDate, now)))} past.`;
};

export const staleStage: Rule = (deal, { stage, norms, now }) => {
  const norm = norms.stages.get(deal.stageId);
  const age = wholeDays(deal.stageSince, now);
  if (!norm || norm.stays < FEWEST || norm.days80 < 1 || age <= norm.days80) return null;
  const limit = Math.ceil(norm.days80);
  return `In ${stage?.name ?? 'this stage'} for ${days(age)}; of the deals you won, 80 % left it within ${days(limit)}.`;
};

const noNextStep: Rule = (deal, { now }) =>
  deal.plannedUntil === null || deal.plannedUntil <= now ? 'No next step is planned.' : null;

const rules: { flag: Risk['flag']; field: string | null; find: Rule }[] = [
  { flag: 'single-threaded', field: null, find: singleThreaded },
  { flag: 'silent', field: null, find: silent },
  { flag: 'no-reply', field: null, find: noReply },
  { flag: 'pushed', field: 'closedate', find: pushed },
  { flag: 'close-date-past', field: 'closedate', find: closeDatePast },
  { flag: 'stale-stage', field: 'dealstage', find: staleStage },
  { flag: 'no-next-step', field: null, find: noNextStep },
];

/** The warning signs of an open deal. A closed one has none. */
export const risksOf = (deal: StoredDeal, context: RiskContext): Risk[] =>
  deal.state === 'open'
    ? rules.flatMap(({ flag, field, find }) => {
        const text = find(deal, context);
        return text === null ? [] : [{ flag, field, text }];
      })
    : [];

/**
 * One sign alone is everyday; two make a deal one to look at. That nothing is planned adds to other signs and is none
 * by itself: many teams keep their plans elsewhere.
 */
export const isAtRisk = (risks: readonly Risk[]): boolean =>
  risks.filter(risk => risk.flag !== 'no-next-step').length >= 2;
