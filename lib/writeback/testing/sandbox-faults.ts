import type { Fault, FaultName } from './place.ts';

/** What the sandbox does to requests of either vendor, in its own words. */
const effects = {
  latency: { kind: 'latency', ms: 3 },
  'too many requests': { kind: 'status', status: 429, retryAfterSeconds: 0 },
  500: { kind: 'status', status: 500 },
  502: { kind: 'status', status: 502 },
  503: { kind: 'status', status: 503 },
  '504 after it took effect': { kind: 'status', status: 504, after: true },
  'lost request': { kind: 'drop-before' },
  'lost answer': { kind: 'drop-after' },
  'no answer for a while': { kind: 'hang', ms: 5 },
  'half an answer': { kind: 'truncate' },
  'answer that is not JSON': { kind: 'invalid-json' },
  'ended token': { kind: 'expire-token' },
  'clock ahead': { kind: 'clock-skew', ms: 600_000 },
  'clock behind': { kind: 'clock-skew', ms: -600_000 },
} as const;

/** The faults of every sandbox, and none at all, put in force by `order` (`POST /sandbox/faults`). */
export function sandboxFaults(order: (rule: object) => Promise<unknown>): [FaultName, Fault][] {
  const none: Fault = { once: false, strike: () => Promise.resolve() };
  return [
    ['none', none],
    ...Object.entries(effects).map(([name, effect]): [FaultName, Fault] => [
      name,
      {
        once: effect.kind === 'expire-token',
        strike: async match => void (await order({ match, effect })),
      },
    ]),
  ];
}
