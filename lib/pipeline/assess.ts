import { Subject } from '#lib/core/subject.ts';
import { toInstant } from '#lib/core/time.ts';
import type { TenantTx } from '#lib/platform/db.ts';
import type { DealRow } from './page-types.ts';
import { stageKey } from './deal-row.ts';
import type { StoredDeal } from './store-types.ts';
import { hygieneOf } from './hygiene.ts';
import { toMajor } from './money.ts';
import { isAtRisk, risksOf, type Risk, type RiskContext } from './risk.ts';
import type { StageFacts } from './stage-facts.ts';
import { listStages } from './store.ts';
import { readMedianAmounts, readStageNorms } from './store-read.ts';

/** Names that the graph owns, by id. */
export interface Names {
  owners: ReadonlyMap<string, string>;
  accounts: ReadonlyMap<string, string>;
}

/** A deal with all that a rule says of it. */
export interface AssessedDeal {
  deal: StoredDeal;
  stage: StageFacts | undefined;
  risks: Risk[];
  flags: string[];
}

export interface Assessor {
  stages: ReadonlyMap<string, StageFacts>;
  assess: (deal: StoredDeal) => AssessedDeal;
}

const formatMoney = (minor: number, currency: string): string =>
  new Intl.NumberFormat('en', { style: 'currency', currency, maximumFractionDigits: 0 }).format(
    toMajor(minor, currency),
  );

/** Reads what is usual for the tenant, once, and judges deals by it. */
export async function openAssessor(tx: TenantTx, now: Date): Promise<Assessor> {
  const stages = new Map((await listStages(tx)).map(stage => [stageKey(stage), stage]));
  const norms = { stages: await readStageNorms(tx), medianAmount: await readMedianAmounts(tx) };
  return {
    stages,
    assess: deal => {
      const stage = stages.get(stageKey(deal));
      const context: RiskContext = { stage, norms, now: toInstant(now), money: formatMoney };
      const risks = risksOf(deal, context);
      const flags = [...new Set([...risks.map(risk => risk.flag), ...hygieneOf(deal, context)])];
      return { deal, stage, risks, flags };
    },
  };
}

export const hasFlag = ({ risks, flags }: AssessedDeal, flag: string): boolean =>
  flag === 'at-risk' ? isAtRisk(risks) : flags.includes(flag);

/** A deal as a line of a list. Amounts in major units. */
export function dealRowOf({ deal, stage, flags }: AssessedDeal, names: Names, now: Date): DealRow {
  const end = deal.closedAt ?? toInstant(now);
  const weighted =
    deal.amountMinor === null || !stage ? null : (deal.amountMinor * stage.probabilityBp) / 10_000;
  return {
    subject: dealSubject(deal),
    name: deal.name,
    account: (deal.accountId && names.accounts.get(deal.accountId)) ?? null,
    accountId: deal.accountId,
    stage: stage?.name ?? unknownStage(deal.stageId),
    amount: deal.amountMinor === null ? null : toMajor(deal.amountMinor, deal.currency),
    currency: deal.currency,
    weighted: weighted === null ? null : toMajor(weighted, deal.currency),
    closeDate: deal.closeDate,
    ageDays: Math.max(0, Math.floor((Date.parse(end) - Date.parse(deal.createdAt)) / 86_400_000)),
    owner: deal.ownerId === null ? null : (names.owners.get(deal.ownerId) ?? `Owner ${deal.ownerId}`),
    url: `/deals/${deal.recordId}`,
    flags,
  };
}

export const dealSubject = ({ crm, recordId }: StoredDeal): Subject =>
  Subject.parse({ crm, object: 'deals', id: recordId });

export const unknownStage = (stageId: string): string =>
  stageId === '' ? 'No stage' : `Unknown stage (${stageId})`;
