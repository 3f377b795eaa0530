import { jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import type { ArtifactKind } from '#lib/core/artifact.ts';
import { instant, tenantId } from '../columns/columns.ts';

/** Immutable, addressed by the SHA-256 of the body's canonical JSON. */
export const artifacts = pgTable(
  'artifacts',
  {
    tenantId: tenantId(),
    hash: text('hash').notNull(),
    kind: text('kind').$type<ArtifactKind>().notNull(),
    name: text('name').notNull(),
    body: jsonb('body').$type<unknown>().notNull(),
    createdAt: instant('created_at').notNull(),
  },
  t => [primaryKey({ columns: [t.tenantId, t.hash] })],
);

export const releases = pgTable(
  'releases',
  {
    tenantId: tenantId(),
    id: text('id').notNull(),
    name: text('name').notNull(),
    artifacts: jsonb('artifacts').$type<Partial<Record<ArtifactKind, string>>>().notNull(),
    createdAt: instant('created_at').notNull(),
    createdBy: text('created_by').notNull(),
  },
  t => [primaryKey({ columns: [t.tenantId, t.id] })],
);

/** `champion` points at the release in force. */
export const releaseAliases = pgTable(
  'release_aliases',
  {
    tenantId: tenantId(),
    alias: text('alias').notNull(),
    releaseId: text('release_id').notNull(),
    at: instant('at').notNull(),
  },
  t => [primaryKey({ columns: [t.tenantId, t.alias] })],
);
