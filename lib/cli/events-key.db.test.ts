import { afterAll, beforeAll, expect, it } from 'vitest';
import { tenantOfEventsKey } from '#lib/events-keys.ts';
import { openDemo, type Demo } from '#lib/platform/testing/demo/open-demo.ts';
import { runCommand } from './commands.ts';
import { explain } from './io.ts';

let demo: Demo;
beforeAll(async () => {
  demo = await openDemo({ people: 1, readIt: false });
});
afterAll(() => demo.close());

async function run(...argv: string[]) {
  const out: string[] = [];
  const io = { out: (text: string) => void out.push(text), err: () => undefined };
  try {
    await runCommand(['events-key', ...argv], { io, open: () => Promise.resolve(demo.flow) });
    return { out: out.join('\n'), code: 0 };
  } catch (error) {
    return { out: explain(error).text, code: explain(error).code };
  }
}

it('makes a key that is shown once, lists it without its secret, and ends it', async () => {
  const made = JSON.parse((await run('--name', 'Website', '--json')).out) as { id: string; key: string };
  expect(await tenantOfEventsKey(demo.flow, made.key)).toBe('demo');
  const listed = (await run('--list', '--json')).out;
  expect(JSON.parse(listed)).toMatchObject({ keys: [{ id: made.id, name: 'Website' }] });
  expect(listed).not.toContain(made.key.split('.')[2]);
  expect(await run('--end', made.id)).toEqual({ out: 'The key is ended.', code: 0 });
  await expect(tenantOfEventsKey(demo.flow, made.key)).rejects.toMatchObject({ code: 'unauthenticated' });
  expect((await run('--end', made.id)).code).toBe(1);
  expect((await run('--list')).out).toBe('There is no events key.');
});

it('says how it is used where that is not clear', async () => {
  for (const argv of [[], ['--name', ' '], ['--list', '--name', 'x'], ['--nmae', 'x']])
    expect((await run(...argv)).code).toBe(2);
});
