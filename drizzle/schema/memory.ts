import { sql } from 'drizzle-orm';
import { doublePrecision, index, integer, jsonb, pgTable, text, uniqueIndex } from 'drizzle-orm/pg-core';
import type { Memory } from '#lib/core/memory.ts';
import { instant, tenantId } from '../columns/columns.ts';

/**
 * Every version of every memory: known from `at` until `ended_at`, in force in that time until `expires_at`. A forgotten
 * one ends in a version without text; erasing removes all of them.
 */
export const memories = pgTable(
  'memories',
  {
    tenantId: tenantId(),
    id: text('id').notNull(),
    version: integer('version').notNull().default(1),
    state: text('state').$type<Memory['state']>().notNull().default('confirmed'),
    scope: text('scope').$type<Memory['scope']>().notNull().default('account'),
    crm: text('crm'),
    object: text('object'),
    recordId: text('record_id'),
    /** `user` or `role`; null: not private. */
    holderKind: text('holder_kind'),
    /** Actor id, or the role's name. */
    holderId: text('holder_id'),
    holderOwnerId: text('holder_owner_id'),
    kind: text('kind').notNull(),
    text: text('text').notNull(),
    author: text('author').notNull(),
    authorName: text('author_name').notNull().default(''),
    source: jsonb('source').$type<Memory['source']>().notNull().default({ kind: 'answer', decisionId: null }),
    confidence: doublePrecision('confidence').notNull().default(1),
    at: instant('at').notNull(),
    endedAt: instant('ended_at'),
    expiresAt: instant('expires_at'),
  },
  t => [
    uniqueIndex('memory_versions').on(t.tenantId, t.id, t.version),
    index().on(t.tenantId, t.crm, t.object, t.recordId),
    index().on(t.tenantId, t.scope, t.holderKind, t.holderId),
    uniqueIndex('one_memory_version_now')
      .on(t.tenantId, t.id)
      .where(sql`${t.endedAt} is null`),
  ],
);
