import { desc, eq, inArray, sql } from 'drizzle-orm';
import { artifacts, releaseAliases, releases } from '#drizzle/schema/releases.ts';
import type { Artifact, Release } from '#lib/core/artifact.ts';
import type { Instant } from '#lib/core/time.ts';
import type { TenantTx } from '#lib/platform/db.ts';

export async function insertArtifact(
  tx: TenantTx,
  artifact: Artifact & { createdAt: Instant },
): Promise<void> {
  await tx.sql
    .insert(artifacts)
    .values({ tenantId: tx.tenantId, ...artifact, body: artifact.body })
    .onConflictDoNothing();
}

export const artifactsByHash = (tx: TenantTx, hashes: readonly string[]): Promise<Artifact[]> =>
  tx.sql
    .select({ kind: artifacts.kind, name: artifacts.name, hash: artifacts.hash, body: artifacts.body })
    .from(artifacts)
    .where(inArray(artifacts.hash, [...hashes]));

export async function insertRelease(tx: TenantTx, release: Release, createdBy: string): Promise<void> {
  await tx.sql.insert(releases).values({ tenantId: tx.tenantId, ...release, createdBy });
}

const releaseOf = ({ id, name, artifacts, createdAt }: typeof releases.$inferSelect): Release => ({
  id,
  name,
  artifacts,
  createdAt,
});

export async function champion(tx: TenantTx): Promise<Release | null> {
  const [row] = await tx.sql
    .select({ release: releases })
    .from(releaseAliases)
    .innerJoin(releases, eq(releases.id, releaseAliases.releaseId))
    .where(eq(releaseAliases.alias, 'champion'));
  return row ? releaseOf(row.release) : null;
}

/** The champion, with its place locked, even while nobody holds it: two promotions follow each other, and none is lost. */
export async function lockChampion(tx: TenantTx): Promise<Release | null> {
  await tx.sql.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`champion:${tx.tenantId}`}, 0))`);
  return champion(tx);
}

export async function pointChampion(tx: TenantTx, releaseId: string, at: Instant): Promise<void> {
  await tx.sql
    .insert(releaseAliases)
    .values({ tenantId: tx.tenantId, alias: 'champion', releaseId, at })
    .onConflictDoUpdate({ target: [releaseAliases.tenantId, releaseAliases.alias], set: { releaseId, at } });
}

export async function listReleases(tx: TenantTx, limit: number): Promise<Release[]> {
  return (await tx.sql.select().from(releases).orderBy(desc(releases.createdAt)).limit(limit)).map(releaseOf);
}

export const artifactNames = (tx: TenantTx) =>
  tx.sql.select({ hash: artifacts.hash, kind: artifacts.kind, name: artifacts.name }).from(artifacts);
