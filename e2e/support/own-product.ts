import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { root } from './addresses.ts';
import { unset } from './environment.ts';

export interface OwnProduct {
  /** Ends it as a power cut does, and waits until its ports are free again. */
  kill(): Promise<void>;
}

/**
 * Starts the product for one spec alone, as `npm start` does, and waits until it is ready: set up, or, where it is only to
 * be connected in the browser, until its pages are there. Throws with what it said.
 */
export async function startOwnProduct(
  settings: { PORT: number; DATA_DIR: string } & Record<string, string | number>,
  until: 'set up' | 'open' = 'set up',
): Promise<OwnProduct> {
  const own = Object.fromEntries(Object.entries(settings).map(([name, value]) => [name, String(value)]));
  const child = spawn(process.execPath, ['lib/cli/start.ts'], {
    cwd: root,
    env: { ...process.env, ...unset, ...own },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const kill = async () => {
    if (child.exitCode === null && child.signalCode === null) {
      child.kill('SIGKILL');
      await once(child, 'exit');
    }
    const taken = [settings.PORT, Number(settings['SANDBOX_PORT'] ?? 0)].filter(port => port > 0);
    for (const port of taken) while (await listens(port)) await wait(50);
  };
  while (!(await answers(settings.PORT, until === 'set up' ? '/api/ready' : '/'))) {
    if (child.exitCode !== null) throw new Error(`The product ended while starting:\n${said}`);
    await wait(200);
  }
  return { kill };
}

const answers = (port: number, path: string): Promise<boolean> =>
  fetch(`http://127.0.0.1:${port}${path}`).then(
    response => response.ok,
    () => false,
  );

const listens = (port: number): Promise<boolean> =>
  new Promise(resolve => {
    const socket = connect(port, '127.0.0.1');
    const answer = (is: boolean) => {
      socket.destroy();
      resolve(is);
    };
    socket.once('connect', () => answer(true)).once('error', () => answer(false));
  });
