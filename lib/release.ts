import type { ArtifactKind } from '#lib/core/artifact.ts';
import { AppError } from '#lib/core/errors.ts';
import type { Scope } from '#lib/core/scope.ts';
import { TenantSettings } from '#lib/core/settings.ts';
import type { TenantTx } from '#lib/platform/db.ts';
import { enqueue } from '#lib/jobs/define.ts';
import type { Cadence, FollowUpPrompt } from './agents/agents.ts';
import type { FeatureSchema } from './features/features.ts';
import type { LeadModelArtifact } from './models/models.ts';
import type { PolicySet } from './policy/policy.ts';
import type { LoadedRelease } from './releases/releases.ts';
import { stages, type Stages } from './stages.ts';

/** A release with each artifact in its own type, as the flow uses it. */
export interface BoundRelease {
  release: LoadedRelease['release'];
  settings: TenantSettings;
  policySet: { hash: string; body: PolicySet };
  featureSchema: FeatureSchema;
  featureSchemaHash: string;
  leadModel: { hash: string; body: LeadModelArtifact };
  prompt: { hash: string; body: FollowUpPrompt };
  cadence: { hash: string; body: Cadence };
}

/**
 * Gives the artifacts of a release their types: what an artifact holds was written by this product under its kind, and
 * cannot have changed since. Throws AppError('unavailable') naming the kind that is missing.
 */
export function bindRelease({ release, artifact }: LoadedRelease): BoundRelease {
  const need = <T>(kind: ArtifactKind): { hash: string; body: T } => {
    const found = artifact(kind);
    if (!found)
      throw new AppError(
        'unavailable',
        `Release "${release.name}" has no ${kind}: the tenant's set-up has not finished.`,
      );
    return { hash: found.hash, body: found.body as T };
  };
  return {
    release,
    settings: TenantSettings.parse(need('runtime-config').body),
    policySet: need('policy-set'),
    featureSchema: need<FeatureSchema>('feature-schema').body,
    featureSchemaHash: need('feature-schema').hash,
    leadModel: need('lead-model'),
    prompt: need('prompt'),
    cadence: need('cadence'),
  };
}

/** Keeps artifacts and puts them in force as a new release, on the record. Nothing happens when nothing changed. */
export async function release(
  tx: TenantTx,
  scope: Scope,
  change: { name: string; artifacts: readonly { kind: ArtifactKind; name: string; body: unknown }[] },
  now: Date,
  s: Stages = stages,
): Promise<void> {
  const hashes: Partial<Record<ArtifactKind, string>> = {};
  for (const artifact of change.artifacts)
    hashes[artifact.kind] = await s.releases.keepArtifact(tx, artifact, now);
  const promoted = await s.releases.promote(tx, scope, { name: change.name, artifacts: hashes }, now);
  if (!promoted.changed) return;
  await s.decisions.audit(tx, scope.actor.id, now, {
    kind: 'release-promoted',
    decisionId: null,
    public: {
      release: promoted.release.id,
      artifacts: promoted.release.artifacts,
      replaced: promoted.replaced,
    },
    private: {},
  });
  await enqueue(tx, 'sequence', {}, { key: tx.tenantId });
}
