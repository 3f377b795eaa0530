import type { Release } from '#lib/core/artifact.ts';
import type { TenantTx } from '#lib/platform/db.ts';
import { artifactNames, champion, listReleases } from './store.ts';

export interface ReleaseList {
  champion: Release | null;
  releases: Release[];
  /** Name of each artifact by hash. */
  names: Map<string, string>;
}

/** The newest releases with the names of what they bind. */
export async function readReleases(tx: TenantTx, limit = 20): Promise<ReleaseList> {
  const names = new Map((await artifactNames(tx)).map(artifact => [artifact.hash, artifact.name]));
  return { champion: await champion(tx), releases: await listReleases(tx, limit), names };
}
