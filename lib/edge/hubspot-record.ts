import { z } from 'zod';

/** A record that HubSpot's card stands in; more may stand beside it. */
export const HubSpotRecord = z.object({
  object: z.enum(['contacts', 'companies', 'deals']),
  id: z.string().regex(/^\d{1,20}$/, 'must be a record id'),
});
