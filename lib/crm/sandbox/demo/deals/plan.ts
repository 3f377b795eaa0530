import { DAY } from '#lib/crm/sandbox/demo/calendar.ts';
import type { LOST } from '#lib/crm/sandbox/demo/phrases/deals.ts';
import { STAGES } from '#lib/crm/sandbox/demo/pipelines.ts';
import { sigmoid } from '#lib/crm/sandbox/demo/random.ts';
import type { Story } from '#lib/crm/sandbox/demo/story.ts';

export type DealKind = 'new' | 'expansion' | 'renewal';
type LostReason = keyof typeof LOST;

/** What will become of a deal if time allows: fixed first, then told stage by stage. */
export type DealPlan = {
  kind: DealKind;
  won: boolean;
  /** 0 to 1: how eagerly the customer answers along the way. */
  pull: number;
  path: string[];
  reason: LostReason;
  championLeaves: boolean;
  vehicles: number;
  amount: number;
  /** Nobody will ever close it in the CRM. */
  abandoned: boolean;
  stageDays: number;
};

const PATHS: Record<DealKind, string[]> = {
  new: [...STAGES],
  expansion: ['discovery', 'proposal', 'procurement', 'contract_out'],
  renewal: ['proposal', 'contract_out'],
};

export function planDeal(story: Story, kind: DealKind): DealPlan {
  const { random, person, joined } = story;
  const { company } = person;
  const championLeaves = random.chance(kind === 'new' ? 0.09 : 0.05);
  const vehicles =
    kind === 'expansion'
      ? Math.max(4, Math.round(company.vehicles * random.pick([0.1, 0.2, 0.35])))
      : company.vehicles;
  const value = vehicles * company.vehiclePrice * random.pick([0.5, 0.8, 1, 1.3]);
  const base = { new: -0.45, expansion: 0.3, renewal: 1.6 }[kind];
  const score =
    base +
    0.55 * company.fit +
    0.45 * Math.min(3, joined.length) +
    0.25 * person.rank -
    (championLeaves ? 1.8 : 0) -
    0.25 * Math.max(0, Math.log(value / 30_000)) -
    0.01 * person.rep.pace +
    random.normal() * 0.55;
  const won = random.chance(sigmoid(score));
  const all = PATHS[kind].filter(
    stage => (stage !== 'pilot' && stage !== 'yard_visit') || random.chance(0.7),
  );
  return {
    kind,
    won,
    pull: sigmoid(score * 0.7 + (won ? 0.9 : -0.7) + random.normal() * 0.5),
    path: won ? all : all.slice(0, random.int(1, all.length)),
    reason: drawReason(story, championLeaves, value),
    championLeaves,
    vehicles,
    amount: Math.max(900, Math.round(value / 50) * 50),
    abandoned: !won && random.chance(0.14),
    stageDays: { new: 17, expansion: 11, renewal: 16 }[kind] * (won ? 0.85 : 1.2),
  };
}

function drawReason({ random, person }: Story, championLeaves: boolean, value: number): LostReason {
  if (championLeaves) return 'champion';
  const big = value > 40_000;
  return random.weighted<LostReason>([
    ['price', big ? 4 : 2],
    ['competitor', 3],
    ['silent', 3],
    ['budget', 2],
    ['security', big ? 1.5 : 0.4],
    ['fit', person.company.vehicles < 40 ? 5 : 0.2],
  ]);
}

/** The date that a rep hopes for when a deal begins. */
export const hopedClose = (start: number, plan: DealPlan, noise: number): number =>
  start + plan.path.length * plan.stageDays * DAY * (0.75 + noise * 0.4) + 14 * DAY;
