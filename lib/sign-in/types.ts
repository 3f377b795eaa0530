import { z } from 'zod';
import type { Role } from '#lib/core/scope.ts';
import type { Instant } from '#lib/core/time.ts';

/** How somebody came in: whose word we took for who they are. */
export const Source = z.enum(['hubspot card', 'canvas', 'salesforce card', 'oauth']);
export type Source = z.infer<typeof Source>;

/** A user of the CRM. `ownerId`: as whom they own records, where they do. */
export interface Person {
  userId: string;
  ownerId: string | null;
  name: string;
  email: string | null;
}

/** A role that an admin may give. Nobody is made the product itself. */
export const GivenRole = z.enum(['rep', 'manager', 'operations', 'admin', 'auditor']);
export type GivenRole = Extract<Role, z.infer<typeof GivenRole>>;

/** Somebody who is signed in, for an admin to see and to end. */
export interface SignedIn extends Person {
  id: string;
  source: Source;
  createdAt: Instant;
  lastUsedAt: Instant;
  expiresAt: Instant;
}
