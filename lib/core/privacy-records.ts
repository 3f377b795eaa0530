import { z } from 'zod';
import { Subject } from './subject.ts';
import { Instant } from './time.ts';

const noted = {
  id: z.string(),
  subject: Subject,
  /** As a person wrote it. */
  reason: z.string().trim().min(1).max(1000),
  by: z.string(),
  byName: z.string(),
  at: Instant,
};

/** A person's objection to being profiled: no score, no follow-up, until it is withdrawn. */
export const Objection = z.object({ ...noted, withdrawnAt: Instant.nullable() });
export type Objection = z.infer<typeof Objection>;

/** Somebody must not be erased until it ends or is lifted. */
export const LegalHold = z.object({ ...noted, endsAt: Instant, liftedAt: Instant.nullable() });
export type LegalHold = z.infer<typeof LegalHold>;
