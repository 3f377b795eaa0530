import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import { AppError } from '#lib/core/errors.ts';

const Holder = z.object({ pid: z.number(), port: z.number(), token: z.string() });
export type Holder = z.infer<typeof Holder>;

export interface DataLock {
  /** Leaves word of where a command line reaches the process that holds the folder. */
  announce(holder: Holder): void;
  release(): void;
}

/**
 * Takes the data folder for this process, or returns who has it. The lock is SQLite's file lock on a file in the
 * folder: the operating system lets go of it when the process ends, however it ends, so none is ever stale.
 * (Two embedded databases on one folder do not refuse each other by themselves, and lose each other's writes.)
 */
export function takeDataFolder(folder: string): DataLock | { heldBy: Holder | null } {
  mkdirSync(folder, { recursive: true });
  const holderFile = join(folder, 'holder.json');
  const file = new DatabaseSync(join(folder, 'lock.sqlite'));
  try {
    file.exec('PRAGMA busy_timeout = 0; BEGIN EXCLUSIVE');
  } catch {
    file.close();
    return { heldBy: readHolder(holderFile) };
  }
  writeFileSync(holderFile, '{}', { mode: 0o600 });
  return {
    announce: holder => writeFileSync(holderFile, JSON.stringify(holder), { mode: 0o600 }),
    release: () => file.close(),
  };
}

function readHolder(file: string): Holder | null {
  try {
    return Holder.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return null; // it has only just started, and has not said where it listens yet
  }
}

export const folderHeld = (folder: string, holder: Holder | null): AppError =>
  new AppError(
    'conflict',
    `The data folder ${resolve(folder)} is in use by another Sidecard${holder ? ` (process ${holder.pid})` : ''}. ` +
      'Stop it, set DATA_DIR to another folder, or set DATABASE_URL to use a Postgres server.',
  );
