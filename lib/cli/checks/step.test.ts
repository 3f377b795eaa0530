import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { runStep, runSteps } from './step.ts';

const folder = mkdtempSync(join(tmpdir(), 'sidecard-step-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function script(name: string, source: string): string {
  const file = join(folder, `${name}.mjs`);
  writeFileSync(file, source);
  return file;
}
const fine = script('fine', "console.log('all is well');");
const broken = script('broken', "console.error('it broke'); process.exitCode = 3;");

describe('a step', () => {
  it('that succeeds without counting tests counts as one', async () => {
    expect(await runStep({ name: 'fine', script: fine })).toMatchObject({ ok: true, passed: 1, failed: 0 });
  });

  it('that fails counts as a failure, and keeps what it printed', async () => {
    expect(await runStep({ name: 'broken', script: broken })).toMatchObject({
      ok: false,
      failed: 1,
      output: 'it broke\n',
    });
  });

  it('takes its numbers from the report', async () => {
    const count = () => ({ passed: 4, failed: 0 });
    expect(await runStep({ name: 'four', script: fine, count })).toMatchObject({ ok: true, passed: 4 });
  });

  it.each([
    ['runs no test at all', fine, () => ({ passed: 0, failed: 0 })],
    ['crashes after its tests passed', broken, () => ({ passed: 4, failed: 0 })],
    [
      'leaves no report',
      fine,
      () => {
        throw new Error('no such file');
      },
    ],
  ])('that %s has failed', async (_, file, count) => {
    expect(await runStep({ name: 'odd', script: file, count })).toMatchObject({ ok: false, failed: 1 });
  });

  it('that failed shows its output, and does not keep the others from running', async () => {
    const said: string[] = [];
    const steps = [
      { name: 'broken', script: broken },
      { name: 'fine', script: fine },
    ];
    const done = await runSteps(steps, 1, line => said.push(line));
    expect(done.map(({ ok }) => ok)).toEqual([false, true]);
    expect(said).toEqual([
      expect.stringMatching(/^FAILED {2}broken/),
      'it broke',
      expect.stringMatching(/^ok {6}fine/),
    ]);
  });
});
