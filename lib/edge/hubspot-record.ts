import { z } from 'zod';
import { Answer } from '#lib/core/answer.ts';

/** A record that HubSpot's card stands in; more may stand beside it. */
export const HubSpotRecord = z.object({
  object: z.enum(['contacts', 'companies', 'deals']),
  id: z.string().regex(/^\d{1,20}$/, 'must be a record id'),
});

/** In the body, since the card's fetch has no say over headers; HubSpot repeats a call that failed, with the same body. */
export const HubSpotAnswer = HubSpotRecord.extend({
  decisionId: z.string().startsWith('dec_'),
  idempotencyKey: z.string().min(8).max(200),
  answer: Answer,
});
