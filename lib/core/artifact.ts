import { z } from 'zod';
import { Instant } from './time.ts';

export const ArtifactKind = z.enum([
  'lead-model',
  'feature-schema',
  'prompt',
  'policy-set',
  'guardrails',
  'cadence',
  'routing-table',
  'runtime-config',
]);
export type ArtifactKind = z.infer<typeof ArtifactKind>;

/** Immutable, addressed by the SHA-256 of its canonical JSON. */
export const Artifact = z.object({
  kind: ArtifactKind,
  name: z.string(),
  hash: z.string(),
  body: z.unknown(),
});
export type Artifact = z.infer<typeof Artifact>;

/** A named set of artifacts: hash by kind. */
export const Release = z.object({
  id: z.string().startsWith('rel_'),
  name: z.string(),
  artifacts: z.partialRecord(ArtifactKind, z.string()),
  createdAt: Instant,
});
export type Release = z.infer<typeof Release>;
