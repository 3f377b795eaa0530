import { rmSync } from 'node:fs';
import { resolve } from 'node:path';
import { defineConfig, devices } from '@playwright/test';
import { ports, productUrl, root } from './support/addresses.ts';
import { findBrowser } from './support/browser.ts';
import { unset } from './support/environment.ts';

const dataDir = resolve(root, '.cache/e2e/data');

// Each run starts as a new user does; what the last one left stays for looking at until then. Playwright loads this
// file in its workers too, which find the folder in use.
if (!process.env['TEST_WORKER_INDEX']) rmSync(dataDir, { recursive: true, force: true });

const browser = findBrowser();

/** The promises to a user, in a real Chromium against the product started as a user starts it. */
export default defineConfig({
  testDir: '.',
  outputDir: '../.cache/e2e/results',
  workers: 1,
  forbidOnly: process.env['CI'] !== undefined,
  timeout: 60_000,
  expect: { timeout: 15_000 },
  reporter: [['list'], ['json', { outputFile: '../.cache/tests/e2e.json' }]],
  use: {
    ...devices['Desktop Chrome'],
    baseURL: productUrl(),
    trace: 'retain-on-failure',
    launchOptions: {
      ...(browser ? { executablePath: browser } : {}),
      args: [
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-dev-shm-usage',
        '--disable-gpu',
        '--disable-sync',
        '--no-first-run',
        '--no-sandbox', // as root, Chromium starts only without
      ],
    },
  },
  webServer: {
    command: 'npm start',
    cwd: root,
    url: `${productUrl()}/api/ready`,
    timeout: 180_000,
    stdout: 'pipe',
    gracefulShutdown: { signal: 'SIGTERM', timeout: 15_000 },
    env: { ...unset, PORT: String(ports.app), SANDBOX_PORT: String(ports.sandbox), DATA_DIR: dataDir },
  },
});
