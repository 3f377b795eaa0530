import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { folderHeld, takeDataFolder, type DataLock, type Holder } from './data-lock.ts';
import { environmentWith } from './env.ts';

/** A process that tries to take the folder, says what came of it, and lives on. */
const program = `
  import { takeDataFolder } from '#lib/platform/data-lock.ts';
  const lock = takeDataFolder(process.env.FOLDER);
  if (!('heldBy' in lock)) lock.announce({ pid: process.pid, port: 4711, token: 'secret' });
  console.log(JSON.stringify('heldBy' in lock ? { heldBy: lock.heldBy } : { took: process.pid }));
  setInterval(() => {}, 1e6);
`;

describe('the lock of the data folder', () => {
  let folder: string;
  const children: ChildProcessWithoutNullStreams[] = [];
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'sidecard-lock-'));
  });
  afterEach(async () => {
    for (const child of children.splice(0)) await end(child);
    rmSync(folder, { recursive: true });
  });

  async function start() {
    const child = spawn(process.execPath, ['--input-type=module', '--eval', program], {
      env: environmentWith({ FOLDER: folder, NODE_NO_WARNINGS: '1' }),
    });
    children.push(child);
    const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
    return { child, said: JSON.parse(line) as { took?: number; heldBy?: Holder | null } };
  }
  async function end(child: ChildProcessWithoutNullStreams) {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGKILL');
    await once(child, 'exit');
  }
  const took = (lock: ReturnType<typeof takeDataFolder>): DataLock => {
    if ('heldBy' in lock) throw new Error('the folder is held');
    return lock;
  };

  it('refuses a second process, says who holds it, and lets one in after kill -9', async () => {
    const first = await start();
    expect(first.said).toEqual({ took: first.child.pid });
    const holder = { pid: first.child.pid, port: 4711, token: 'secret' };
    expect(takeDataFolder(folder)).toEqual({ heldBy: holder });
    expect((await start()).said).toEqual({ heldBy: holder });
    await end(first.child);
    const third = await start();
    expect(third.said).toEqual({ took: third.child.pid });
  });

  it('lets exactly one of several in that come at once', async () => {
    const all = await Promise.all([start(), start(), start()]);
    expect(all.filter(({ said }) => said.took !== undefined)).toHaveLength(1);
  });

  it('refuses a second taking in the same process, and gives it up when it is released', () => {
    const lock = took(takeDataFolder(folder));
    expect(takeDataFolder(folder)).toEqual({ heldBy: null });
    lock.announce({ pid: 1, port: 2, token: 't' });
    expect(takeDataFolder(folder)).toEqual({ heldBy: { pid: 1, port: 2, token: 't' } });
    lock.release();
    took(takeDataFolder(folder)).release();
  });

  it('makes the folder, and keeps the token from other users', () => {
    const inner = join(folder, 'a/b');
    const lock = took(takeDataFolder(inner));
    lock.announce({ pid: 1, port: 2, token: 't' });
    expect(statSync(join(inner, 'holder.json')).mode & 0o077).toBe(0);
    lock.release();
  });

  it('forgets where an earlier holder listened', () => {
    const lock = took(takeDataFolder(folder));
    lock.announce({ pid: 1, port: 2, token: 't' });
    lock.release();
    const next = took(takeDataFolder(folder));
    expect(readFileSync(join(folder, 'holder.json'), 'utf8')).toBe('{}');
    expect(takeDataFolder(folder)).toEqual({ heldBy: null });
    next.release();
  });

  it('tells a person what to do', () => {
    const { code, message } = folderHeld('.data', { pid: 17, port: 1, token: 't' });
    expect(code).toBe('conflict');
    expect(message).toMatch(/\.data is in use by another Sidecard \(process 17\)\. Stop it, set DATA_DIR/);
    expect(message).not.toContain('token');
  });
});
