import { describe, expect, it } from 'vitest';
import type { Effect, Verdict } from '#lib/core/verdict.ts';
import { summariseVerdicts } from './verdict-words.ts';

const verdict = (effect: Effect, ...policies: string[]): Verdict => ({
  changeId: 'chg_1',
  effect,
  policies,
  reason: `because of ${effect}`,
  policySet: 'p',
});

describe('summariseVerdicts', () => {
  it('names the policies of the strictest effect only', () => {
    const summary = summariseVerdicts([
      verdict('allow', 'free'),
      verdict('ask', 'a'),
      verdict('ask', 'b', 'a'),
    ]);
    expect(summary.text).toBe('Needs approval — policies a, b');
    expect(summariseVerdicts([verdict('ask', 'a')], true).text).toBe('Needs your approval — policy a');
    expect(summary.reasons).toEqual(['because of ask']);
  });

  it('reads no verdict, and a denial without a policy, as a refusal', () => {
    expect(summariseVerdicts([]).text).toBe('Refused — no policy allows it');
    expect(summariseVerdicts([verdict('allow', 'free'), verdict('deny')]).effect).toBe('deny');
  });
});
