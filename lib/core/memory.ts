import { z } from 'zod';
import { Subject } from './subject.ts';
import { Instant } from './time.ts';

/** What a team or a person taught the product about a subject. */
export const Memory = z.object({
  id: z.string().startsWith('mem_'),
  subject: Subject,
  kind: z.enum(['rejected-suggestion', 'snoozed']),
  text: z.string(),
  author: z.string(),
  at: Instant,
  expiresAt: Instant,
});
export type Memory = z.infer<typeof Memory>;
