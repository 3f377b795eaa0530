import { Artifact, type ArtifactKind, type Release } from '#lib/core/artifact.ts';
import { AppError } from '#lib/core/errors.ts';
import type { Scope } from '#lib/core/scope.ts';
import { toInstant } from '#lib/core/time.ts';
import type { TenantTx } from '#lib/platform/db.ts';
import { hashOf } from '#lib/platform/hash.ts';
import { newId } from '#lib/platform/ids.ts';
import * as store from './store.ts';

/** A release with the bodies of its artifacts at hand. */
export interface LoadedRelease {
  release: Release;
  artifact: (kind: ArtifactKind) => Artifact | null;
}

/** Keeps an artifact under the hash of its body's canonical JSON, and returns that hash. The same body is kept once. */
export async function keepArtifact(
  tx: TenantTx,
  artifact: { kind: ArtifactKind; name: string; body: unknown },
  now: Date,
): Promise<string> {
  const hash = hashOf(artifact.body);
  await store.insertArtifact(tx, { ...artifact, hash, createdAt: toInstant(now) });
  return hash;
}

/**
 * Makes a release out of the one in force with some artifacts replaced, and lets `champion` point at it: one
 * transaction, in force with the next decision. Returns the release and the id of the one it replaced; when nothing
 * would change, the release in force and no replaced one.
 */
export async function promote(
  tx: TenantTx,
  scope: Scope,
  change: { name: string; artifacts: Partial<Record<ArtifactKind, string>> },
  now: Date,
): Promise<{ release: Release; replaced: string | null; changed: boolean }> {
  const before = await store.lockChampion(tx);
  const artifacts = { ...before?.artifacts, ...change.artifacts };
  if (before && hashOf(artifacts) === hashOf(before.artifacts))
    return { release: before, replaced: null, changed: false };
  const release: Release = { id: newId('rel'), name: change.name, artifacts, createdAt: toInstant(now) };
  await store.insertRelease(tx, release, scope.actor.id);
  await store.pointChampion(tx, release.id, toInstant(now));
  return { release, replaced: before?.id ?? null, changed: true };
}

/** The release in force. Throws AppError('unavailable') before the tenant has one. */
export async function current(tx: TenantTx): Promise<LoadedRelease> {
  const release = await store.champion(tx);
  if (!release)
    throw new AppError(
      'unavailable',
      'This tenant has no release yet: its set-up has not finished. Wait a minute and try again.',
    );
  const bodies = await loadArtifacts(tx, Object.values(release.artifacts));
  return {
    release,
    artifact: kind => {
      const hash = release.artifacts[kind];
      return hash === undefined ? null : (bodies.get(hash) ?? null);
    },
  };
}

/** Artifacts never change, so what was read once is kept: a model is parsed once a process, not once a decision. */
const kept = new Map<string, Artifact>();
const keepAtMost = 200;

async function loadArtifacts(tx: TenantTx, hashes: readonly string[]): Promise<Map<string, Artifact>> {
  const keyOf = (hash: string) => `${tx.tenantId}/${hash}`;
  const missing = hashes.filter(hash => !kept.has(keyOf(hash)));
  for (const artifact of missing.length > 0 ? await store.artifactsByHash(tx, missing) : []) {
    const oldest = kept.keys().next().value;
    if (kept.size >= keepAtMost && oldest !== undefined) kept.delete(oldest);
    kept.set(keyOf(artifact.hash), artifact);
  }
  return new Map(
    hashes.flatMap(hash => {
      const artifact = kept.get(keyOf(hash));
      return artifact ? [[hash, artifact]] : [];
    }),
  );
}
