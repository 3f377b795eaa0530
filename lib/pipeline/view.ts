import type { Evidence } from '#lib/core/evidence.ts';
import { toInstant, type Instant } from '#lib/core/time.ts';
import type { PipelineView } from './page-types.ts';
import { dealRowOf, dealSubject, unknownStage, type AssessedDeal, type Names } from './assess.ts';
import { stageKey } from './deal-row.ts';
import { hygieneLines } from './hygiene.ts';
import { toMajor } from './money.ts';
import { isAtRisk, type Risk } from './risk.ts';
import type { StageFacts } from './stage-facts.ts';
import type { MoveTotal } from './store-read.ts';
import type { Rollup } from './store-types.ts';

/** What the page is made of. */
export interface Material {
  now: Date;
  names: Names;
  stages: ReadonlyMap<string, StageFacts>;
  open: readonly AssessedDeal[];
  rollups: readonly Rollup[];
  moves: readonly MoveTotal[];
  since: Instant;
}

const FORECAST_NOTE =
  'No forecast is shown yet: a band is shown once it has been tested against this account’s own past.';
const MOST_AT_RISK = 200;

const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0);

/** Puts the page together. Counts are of all deals; amounts are of those in the main currency, the most frequent one. */
export function viewOf(material: Material): PipelineView {
  const { now, names, stages, open, rollups, moves, since } = material;
  const openRollups = rollups.filter(rollup => !stages.get(stageKey(rollup))?.closed);
  const currency = mainCurrency(openRollups.length > 0 ? openRollups : rollups);
  const stageViews = stageViewsOf(stages, openRollups, currency);
  const atRisk = open.filter(deal => isAtRisk(deal.risks));
  return {
    asOf: toInstant(now),
    currency,
    otherCurrencies: otherCurrencies(openRollups, currency),
    stages: stageViews,
    totals: {
      count: sum(stageViews.map(stage => stage.count)),
      ...amountsOf(openRollups, stages, currency),
    },
    forecast: null,
    forecastNote: FORECAST_NOTE,
    atRisk: atRisk.slice(0, MOST_AT_RISK).map(assessed => ({
      deal: dealRowOf(assessed, names, now),
      why: assessed.risks.map(risk => risk.text),
      evidence: evidenceOf(assessed),
    })),
    reps: repViewsOf(material, openRollups, currency),
    change: changesOf(moves, currency, since),
    hygiene: hygieneLines(open.flatMap(deal => deal.flags)),
  };
}

/** The most frequent currency; of two the one that is first in the alphabet. */
function mainCurrency(rollups: readonly Rollup[]): string {
  const counts = [...Map.groupBy(rollups, rollup => rollup.currency)].map(([currency, of]) => ({
    currency,
    count: sum(of.map(rollup => rollup.count)),
  }));
  const [main] = counts.sort((a, b) => b.count - a.count || (a.currency < b.currency ? -1 : 1));
  return main?.currency ?? 'USD';
}

/** Amount and weighted amount in major units of the main currency. */
function amountsOf(
  rollups: readonly Rollup[],
  stages: ReadonlyMap<string, StageFacts>,
  currency: string,
): { amount: number; weighted: number } {
  const own = rollups.filter(rollup => rollup.currency === currency);
  const weightOf = (rollup: Rollup) => (stages.get(stageKey(rollup))?.probabilityBp ?? 0) / 10_000;
  return {
    amount: toMajor(sum(own.map(rollup => rollup.amountMinor)), currency),
    weighted: toMajor(sum(own.map(rollup => rollup.amountMinor * weightOf(rollup))), currency),
  };
}

function otherCurrencies(rollups: readonly Rollup[], main: string): PipelineView['otherCurrencies'] {
  return [...Map.groupBy(rollups, rollup => rollup.currency)]
    .filter(([currency]) => currency !== main)
    .map(([currency, of]) => ({
      currency,
      count: sum(of.map(rollup => rollup.count)),
      amount: toMajor(sum(of.map(rollup => rollup.amountMinor)), currency),
    }))
    .sort((a, b) => b.count - a.count || (a.currency < b.currency ? -1 : 1));
}

/** Open stages in their order, with or without deals; then stages that only deals know of. */
function stageViewsOf(
  stages: ReadonlyMap<string, StageFacts>,
  rollups: readonly Rollup[],
  currency: string,
): PipelineView['stages'] {
  const byStage = Map.groupBy(rollups, stageKey);
  const open = [...stages].filter(([, stage]) => !stage.closed).map(([key]) => key);
  return [...new Set([...open, ...byStage.keys()])].map(key => {
    const own = byStage.get(key) ?? [];
    const stage = stages.get(key);
    const [, pipelineId = '', stageId = ''] = key.split('\n');
    return {
      id: stageId,
      name: stage?.name ?? unknownStage(stageId),
      pipeline: stage?.pipelineName ?? (pipelineId || 'No pipeline'),
      probability: (stage?.probabilityBp ?? 0) / 10_000,
      count: sum(own.map(rollup => rollup.count)),
      missingAmount: sum(own.map(rollup => rollup.missingAmount)),
      ...amountsOf(own, stages, currency),
    };
  });
}

/** Everybody who owns an open deal, or one that was won of late; the largest pipeline first. */
function repViewsOf(
  { names, stages, open, moves }: Material,
  rollups: readonly Rollup[],
  currency: string,
): PipelineView['reps'] {
  const won = moves.filter(move => move.what === 'won');
  const ids = new Set([...rollups.map(rollup => rollup.ownerId), ...won.map(move => move.ownerId ?? '')]);
  return [...ids]
    .map(id => {
      const own = rollups.filter(rollup => rollup.ownerId === id);
      const ownWon = won.filter(move => (move.ownerId ?? '') === id);
      return {
        ownerId: id || null,
        name: id === '' ? 'No owner' : (names.owners.get(id) ?? `Owner ${id}`),
        count: sum(own.map(rollup => rollup.count)),
        ...amountsOf(own, stages, currency),
        atRisk: open.filter(({ deal, risks }) => (deal.ownerId ?? '') === id && isAtRisk(risks)).length,
        wonCount: sum(ownWon.map(move => move.count)),
        wonAmount: amountIn(ownWon, currency),
      };
    })
    .sort((a, b) => b.amount - a.amount || (a.name < b.name ? -1 : 1));
}

const amountIn = (moves: readonly MoveTotal[], currency: string): number =>
  toMajor(sum(moves.filter(move => move.currency === currency).map(move => move.amountMinor)), currency);

const changesOf = (moves: readonly MoveTotal[], currency: string, since: Instant): PipelineView['change'] =>
  (['added', 'advanced', 'pushed', 'won', 'lost'] as const).flatMap(kind => {
    const own = moves.filter(move => move.what === kind);
    if (own.length === 0) return [];
    return [{ kind, count: sum(own.map(move => move.count)), amount: amountIn(own, currency), since }];
  });

/** Where the deal's record shows each sign; one place for those that the record as a whole shows. */
function evidenceOf({ deal, stage, risks }: AssessedDeal): Evidence[] {
  const snippets: Record<string, string> = {
    closedate: deal.closeDate ?? '',
    dealstage: stage?.name ?? deal.stageId,
  };
  const fields = [...new Set(risks.map((risk: Risk) => risk.field))];
  return fields.map(field => ({
    ...dealSubject(deal),
    ...(field === null ? {} : { field }),
    version: deal.version,
    at: deal.refreshedAt,
    snippet: (field === null ? deal.name : (snippets[field] ?? '')).slice(0, 300),
    url: `/deals/${deal.recordId}`,
  }));
}
