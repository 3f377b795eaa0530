import { createHash } from 'node:crypto';
import { z } from 'zod';

const count = z.number().int().min(1);
const milliseconds = z.number().int().min(0).max(600_000);

/** What happens to a request. "after" in a name means that the request took effect first. */
const requestEffect = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('latency'), ms: milliseconds }),
  z.object({
    kind: z.literal('status'),
    status: z.union([z.literal(429), z.literal(500), z.literal(502), z.literal(503), z.literal(504)]),
    retryAfterSeconds: z.number().int().min(0).optional(),
    /** The request takes effect, and only its answer is lost. */
    after: z.boolean().optional(),
    /** The JSON body to answer with instead of HubSpot's own. */
    body: z.unknown().optional(),
  }),
  z.object({ kind: z.literal('drop-before') }),
  z.object({ kind: z.literal('drop-after') }),
  z.object({ kind: z.literal('hang'), ms: milliseconds.optional() }),
  z.object({ kind: z.literal('truncate') }),
  z.object({ kind: z.literal('invalid-json') }),
  z.object({
    kind: z.literal('refuse-item'),
    index: z.number().int().min(0).optional(),
    message: z.string().optional(),
    category: z.string().optional(),
  }),
  z.object({ kind: z.literal('expire-token') }),
]);

const webhookEffect = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('webhook-drop') }),
  z.object({ kind: z.literal('webhook-duplicate'), copies: z.number().int().min(2).max(10).optional() }),
  z.object({ kind: z.literal('webhook-delay'), ms: milliseconds }),
  z.object({ kind: z.literal('webhook-reorder') }),
]);

/** Moves the clock by which the sandbox stamps records, ages tokens and signs webhooks; it holds until cleared. */
const clockEffect = z.object({ kind: z.literal('clock-skew'), ms: z.number().int() });

export type RequestEffect = z.infer<typeof requestEffect>;
export type WebhookEffect = z.infer<typeof webhookEffect>;

/**
 * When a rule strikes: of the requests (or events) that match, the `nth`, or the first `times`, or each with
 * `probability` drawn from `seed`; with none of these, every one.
 */
const match = z
  .object({
    method: z.string().toUpperCase().optional(),
    /** A regular expression that the path must contain; for webhooks, the subscription type. */
    path: z.string().max(500).optional(),
    nth: count.optional(),
    times: count.optional(),
    probability: z.number().min(0).max(1).optional(),
    seed: z.number().int().default(1),
  })
  .default({ seed: 1 });

export const faultBody = z.object({ match, effect: z.union([requestEffect, webhookEffect, clockEffect]) });

export type FaultBody = z.infer<typeof faultBody>;
export type Fault = FaultBody & {
  id: string;
  pattern: RegExp | undefined;
  /** How many requests or events matched, and how many of them it struck. */
  seen: number;
  hits: number;
};

/** A number in [0, 1) that depends on the seed and the place in the sequence alone. */
export function draw(seed: number, place: number): number {
  return createHash('sha256').update(`${seed}:${place}`).digest().readUInt32BE(0) / 2 ** 32;
}

/** Counts a matching request or event, and says whether the rule strikes it. */
export function strikes(fault: Fault): boolean {
  const { nth, times, probability, seed } = fault.match;
  fault.seen += 1;
  if (nth !== undefined && fault.seen !== nth) return false;
  if (times !== undefined && fault.hits >= times) return false;
  if (probability !== undefined && draw(seed, fault.seen) >= probability) return false;
  fault.hits += 1;
  return true;
}
