import { spawnSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';

/** HubSpot's card is a package of its own, with the older React that HubSpot runs: its own install, types and tests. */
const folder = 'extensions/hubspot';
const installed = `${folder}/node_modules/.package-lock.json`;

/** What is installed is what the lock file says, unless the lock file is newer. */
const isFresh = (): boolean =>
  existsSync(installed) && statSync(installed).mtimeMs >= statSync(`${folder}/package-lock.json`).mtimeMs;

const run = (words: string[]): void => {
  const { status } = spawnSync('npm', words, {
    cwd: folder,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  if (status !== 0) process.exit(status ?? 1);
};

if (!isFresh()) run(['ci']);
run(['run', 'check']);
