import { describe, expect, it } from 'vitest';
import { AppError } from '#lib/core/errors.ts';
import type { Flow } from '#lib/flow.ts';
import { runCommand, usage } from './commands.ts';
import { explain, UsageError } from './io.ts';

const context = () => {
  const [out, err]: [string[], string[]] = [[], []];
  const io = { out: (text: string) => void out.push(text), err: (text: string) => void err.push(text) };
  const open = () => Promise.resolve({ db: { system: () => Promise.resolve([]) } } as unknown as Flow);
  return { out, err, context: { io, open } };
};
const failureOf = (words: string[]): Promise<unknown> =>
  runCommand(words, context().context).then(
    () => undefined,
    (error: unknown) => error,
  );

describe('the command line', () => {
  it.each([
    [[]],
    [['fly']],
    [['sandbox']],
    [['sandbox', 'fly']],
    [['toString']],
    [['__proto__']],
    [['constructor']],
  ])('takes %j for wrong usage, and shows all commands', async words => {
    const error = await failureOf(words);
    expect(error).toBeInstanceOf(UsageError);
    expect(explain(error)).toMatchObject({ code: 2, text: expect.stringContaining(usage()) });
  });

  it.each([
    [['verify', '--jsn'], /does not take --jsn/],
    [['undo'], /Say which decision/],
    [['undo', '--decisions', 'x'], /decisions/],
    [['undo', '--decision'], /decision/],
    [['undo', '--decision', 'dec_1'], /No CRM is connected/],
    [['admin'], /Say who/],
    [['admin', 'a', 'b'], /Say who/],
  ])('takes %j for wrong usage, in a sentence', async (words, text) => {
    const told = explain(await failureOf(words));
    expect(told).toMatchObject({ code: 2, text: expect.stringMatching(text) });
    expect(told.text).not.toContain('    at ');
  });

  it('writes results to one place and trouble to another', async () => {
    const { out, err, context: given } = context();
    await runCommand(['verify', '--json'], given);
    expect({ out, err }).toEqual({ out: [], err: [] });
  });

  it('opens the product only for a command that needs it', async () => {
    const { context: given } = context();
    const open = () => Promise.reject(new AppError('conflict', 'The data folder is in use.'));
    expect(
      explain(await runCommand(['verify'], { ...given, open }).catch((error: unknown) => error)),
    ).toEqual({
      code: 1,
      text: 'The data folder is in use.',
    });
    await expect(runCommand(['undo'], { ...given, open })).rejects.toThrow('Say which decision');
  });
});

describe('what went wrong', () => {
  it('is a sentence where the world refused, and the whole of it where it is a bug', () => {
    expect(explain(new AppError('unavailable', 'Down.'))).toEqual({ text: 'Down.', code: 1 });
    expect(explain(new Error('bug')).text).toContain('at ');
    expect(explain('odd')).toEqual({ text: 'odd', code: 1 });
  });
});
