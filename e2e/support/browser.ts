import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from '@playwright/test';

const system = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

/** A real Chromium on this machine: Playwright's own where it runs, else the system's; null where there is none. */
export const findBrowser = (): string | null => [chromium.executablePath(), ...system].find(starts) ?? null;

/** A browser that lacks a system library is there, and yet does not start: on Linux it is asked for its version. */
const starts = (path: string): boolean =>
  existsSync(path) && (process.platform !== 'linux' || succeeds(path, ['--version'], 30));

/**
 * Finds a Chromium, or installs one: Playwright's own, else, as root where there is apt-get, the system's package.
 * Throws with one line that says what to do.
 */
export function requireBrowser(say: (line: string) => void): string {
  const installed = findBrowser();
  if (installed) return installed;
  for (const { what, run } of ways) {
    say(`No Chromium that starts was found: installing ${what} …`);
    const browser = run() ? findBrowser() : null;
    if (browser) return browser;
  }
  throw new Error(
    'The end-to-end tests need a Chromium, and installing one failed: run "npx playwright install --with-deps chromium", or install your system\'s package "chromium".',
  );
}

const aptGet = (...args: string[]): boolean =>
  succeeds('apt-get', args, 600, { DEBIAN_FRONTEND: 'noninteractive' });

const ways = [
  {
    what: 'Playwright’s own',
    run: () =>
      succeeds(process.execPath, [join('node_modules', 'playwright', 'cli.js'), 'install', 'chromium'], 300),
  },
  {
    what: 'the system’s package (apt-get install chromium)',
    run: () =>
      process.getuid?.() === 0 &&
      aptGet('update') &&
      aptGet('install', '--yes', '--no-install-recommends', 'chromium'),
  },
];

function succeeds(
  command: string,
  args: readonly string[],
  seconds: number,
  environment: Record<string, string> = {},
): boolean {
  const { status } = spawnSync(command, args, {
    stdio: 'ignore',
    timeout: seconds * 1000,
    env: { ...process.env, ...environment },
  });
  return status === 0;
}
