import { z } from 'zod';
import { closed } from './circuit.ts';

const Bucket = z.object({
  max: z.number(),
  intervalMs: z.number(),
  tokens: z.number(),
  at: z.number(),
  taken: z.array(z.object({ at: z.number(), n: z.number() })),
  blockedUntil: z.number(),
});

/** What all processes share about a tenant's requests. Times in milliseconds since 1970. */
export const Traffic = z.object({
  /** Null while no limit is known: then nothing is counted. */
  calls: Bucket.nullable(),
  search: Bucket.nullable(),
  day: z.object({ used: z.number(), limit: z.number(), at: z.number() }).nullable(),
  circuit: z.object({
    failures: z.number(),
    opens: z.number(),
    openUntil: z.number().nullable(),
    probeUntil: z.number(),
  }),
  /** The account was disconnected: whoever still holds a token sends nothing more. */
  cut: z.boolean().default(false),
  /** Processes that talk to the CRM, each with the time until which it counts. */
  processes: z.record(z.string(), z.number()),
});
export type Traffic = z.infer<typeof Traffic>;

/** A search has a limit of its own beside that of all calls. */
export type Kind = 'call' | 'search';

export const noTraffic: Traffic = {
  calls: null,
  search: null,
  day: null,
  circuit: closed,
  cut: false,
  processes: {},
};
