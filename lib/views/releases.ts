import type { Scope } from '#lib/core/scope.ts';
import { mayDo } from '#lib/may.ts';
import { bindRelease } from '#lib/release.ts';
import { readReleases } from '#lib/releases/read.ts';
import { current } from '#lib/releases/releases.ts';
import type { TenantTx } from '#lib/platform/db.ts';
import { policiesInForce } from '#lib/settings.ts';
import type { ReleasesView } from './types.ts';

/** What is in force and what was before, with the model's measured quality. Throws AppError('forbidden'). */
export async function releasesView(tx: TenantTx, scope: Scope): Promise<ReleasesView> {
  await mayDo(tx, scope, 'view_pipeline');
  const { champion, releases, names } = await readReleases(tx);
  return {
    champion: champion && { id: champion.id, name: champion.name, createdAt: champion.createdAt },
    releases: releases.map(({ artifacts, ...release }) => ({
      ...release,
      artifacts: Object.entries(artifacts).map(([kind, hash]) => ({
        kind,
        name: names.get(hash) ?? '',
        hash,
      })),
    })),
    model: champion ? await modelOf(tx) : null,
    policies: champion ? (await policiesInForce(tx)).map(policy => policy.name) : [],
  };
}

async function modelOf(tx: TenantTx): Promise<ReleasesView['model']> {
  const { leadModel, featureSchema } = bindRelease(await current(tx));
  const { learnt, meaning, trainedAt, ownHistory } = leadModel.body;
  const known = learnt.kind === 'glass-box' ? learnt : null;
  const total = known?.importance.reduce((sum, { meanAbsLogOdds }) => sum + meanAbsLogOdds, 0) || 1;
  return {
    hash: leadModel.hash,
    trainedAt,
    label: meaning,
    rows: learnt.rows,
    positives: learnt.positives,
    auc: known?.metrics.auc ?? null,
    logLoss: known?.metrics.logLoss ?? null,
    brier: known?.metrics.brier ?? null,
    ece: known?.metrics.ece ?? null,
    challenger: known?.challenger ? { auc: known.challenger.auc, logLoss: known.challenger.logLoss } : null,
    features: featureSchema.features.filter(feature => feature.uses.includes('scoring')).length,
    importance: (known?.importance ?? []).slice(0, 12).map(({ features, meanAbsLogOdds }) => ({
      feature: features.join(' × '),
      share: meanAbsLogOdds / total,
    })),
    quarantined: featureSchema.quarantined,
    ownHistory,
  };
}
