import { describe, expect, it } from 'vitest';
import { counting, countPlaywright, countVitest } from './counts.ts';

describe('counting tests', () => {
  it.each([
    [
      { success: true, numPassedTests: 7, numFailedTests: 0 },
      { passed: 7, failed: 0 },
    ],
    [
      { success: false, numPassedTests: 5, numFailedTests: 2 },
      { passed: 5, failed: 2 },
    ],
    // A file that cannot be loaded has no failing test.
    [
      { success: false, numPassedTests: 5, numFailedTests: 0 },
      { passed: 5, failed: 1 },
    ],
  ])('reads %j of Vitest as %j', (report, counts) => {
    expect(countVitest(JSON.stringify(report))).toEqual(counts);
  });

  it.each([
    [
      { errors: [], stats: { expected: 3, unexpected: 0, flaky: 0 } },
      { passed: 3, failed: 0 },
    ],
    [
      { errors: [], stats: { expected: 3, unexpected: 1, flaky: 1 } },
      { passed: 3, failed: 2 },
    ],
    [
      { errors: [{ message: 'No server' }], stats: { expected: 0, unexpected: 0, flaky: 0 } },
      { passed: 0, failed: 1 },
    ],
  ])('reads %j of Playwright as %j', (report, counts) => {
    expect(countPlaywright(JSON.stringify(report))).toEqual(counts);
  });

  it('never reads a report of an earlier run', () => {
    expect(counting('.cache/tests/none.json', countVitest)).toThrow('ENOENT');
  });
});
