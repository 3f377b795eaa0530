import { fork, type ChildProcess } from 'node:child_process';
import { AppError } from '#lib/core/errors.ts';

/** Starts one of our processes as a child and waits until it says that it is ready; its trouble is ours. */
export const startChild = (module: URL, words: readonly string[] = []): Promise<ChildProcess> =>
  new Promise((resolve, reject) => {
    let errors = '';
    const child = fork(module, words, { stdio: ['ignore', 'ignore', 'pipe', 'ipc'] });
    child.stderr?.on('data', (chunk: Buffer) => {
      errors = (errors + chunk.toString()).slice(-4000);
    });
    child.once('message', () => resolve(child));
    child.once('error', reject);
    child.once('exit', code =>
      reject(
        new AppError('unavailable', errors.trim() || `A process ended with code ${code} while starting.`),
      ),
    );
  });
