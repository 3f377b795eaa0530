import { z } from 'zod';

export const Intent = z.enum(['introduce', 'remind', 'call', 'new-angle', 'close-the-loop']);
export type Intent = z.infer<typeof Intent>;

const Hours = z.object({ from: z.number().int().min(0).max(23), to: z.number().int().min(1).max(24) });

/** When and how to touch a person again who has not answered. Step n is due after n touches without an answer. */
export const Cadence = z.object({
  version: z.string(),
  steps: z
    .array(
      z.object({
        channel: z.enum(['email', 'call']),
        /** Days after the last touch. */
        waitDays: z.number().min(0),
        /** Preferred local hours, within the tenant's sending hours. */
        window: Hours.nullable(),
        intent: Intent,
      }),
    )
    .min(1),
  /** Touches older than this many days no longer count as steps: the cadence starts again. */
  forgetAfterDays: z.number().positive(),
  /** A deal without contact for this many days has stalled. */
  stalledAfterDays: z.number().positive(),
  /** An incoming e-mail, or a meeting, older than this is no longer answered as such. */
  answerWithinDays: z.number().positive(),
});
export type Cadence = z.infer<typeof Cadence>;

export const defaultCadence: Cadence = {
  version: '1',
  steps: [
    { channel: 'email', waitDays: 0, window: { from: 9, to: 16 }, intent: 'introduce' },
    { channel: 'email', waitDays: 3, window: { from: 9, to: 12 }, intent: 'remind' },
    { channel: 'call', waitDays: 4, window: { from: 10, to: 16 }, intent: 'call' },
    { channel: 'email', waitDays: 7, window: { from: 9, to: 12 }, intent: 'new-angle' },
    { channel: 'email', waitDays: 14, window: { from: 9, to: 16 }, intent: 'close-the-loop' },
  ],
  forgetAfterDays: 90,
  stalledAfterDays: 14,
  answerWithinDays: 45,
};
