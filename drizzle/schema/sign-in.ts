import { index, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { instant, tenantId } from '../columns/columns.ts';

/** A person of the CRM, as the CRM vouched for them when they came in. */
const personColumns = () => ({
  userId: text('user_id').notNull(),
  ownerId: text('owner_id'),
  name: text('name').notNull(),
  email: text('email'),
});

/** Who is signed in. The token itself is nowhere: only its hash. */
export const signIns = pgTable(
  'sign_ins',
  {
    tenantId: tenantId(),
    id: text('id').notNull(),
    tokenHash: text('token_hash').notNull(),
    ...personColumns(),
    source: text('source').notNull(),
    createdAt: instant('created_at').notNull(),
    lastUsedAt: instant('last_used_at').notNull(),
    expiresAt: instant('expires_at').notNull(),
    endedAt: instant('ended_at'),
  },
  t => [
    primaryKey({ columns: [t.tenantId, t.tokenHash] }),
    index().on(t.tenantId, t.userId),
    index().on(t.tenantId, t.expiresAt),
  ],
);

/** One-time tokens with which a CRM's page opens ours for the person who looks at it. */
export const launches = pgTable(
  'launches',
  {
    tenantId: tenantId(),
    tokenHash: text('token_hash').notNull(),
    ...personColumns(),
    source: text('source').notNull(),
    /** Our page that it opens, by path. */
    place: text('place').notNull(),
    createdAt: instant('created_at').notNull(),
    expiresAt: instant('expires_at').notNull(),
    usedAt: instant('used_at'),
  },
  t => [primaryKey({ columns: [t.tenantId, t.tokenHash] }), index().on(t.tenantId, t.expiresAt)],
);

/** Roles that an admin gave; who has none is a rep. */
export const peopleRoles = pgTable(
  'people_roles',
  {
    tenantId: tenantId(),
    userId: text('user_id').notNull(),
    name: text('name').notNull(),
    role: text('role').notNull(),
    givenBy: text('given_by').notNull(),
    givenAt: instant('given_at').notNull(),
  },
  t => [primaryKey({ columns: [t.tenantId, t.userId] })],
);

/**
 * Keys of servers, by hash. `launch`: a CRM's server vouches for its users. `events`: a website or a product sends events.
 * A key is good for its purpose alone.
 */
export const launchKeys = pgTable(
  'launch_keys',
  {
    tenantId: tenantId(),
    tokenHash: text('token_hash').notNull(),
    id: text('id').notNull(),
    purpose: text('purpose').$type<'launch' | 'events'>().notNull().default('launch'),
    /** What it is for, as whoever made it named it. */
    name: text('name'),
    madeBy: text('made_by').notNull(),
    madeAt: instant('made_at').notNull(),
    lastUsedAt: instant('last_used_at'),
    endedAt: instant('ended_at'),
  },
  t => [primaryKey({ columns: [t.tenantId, t.tokenHash] })],
);
