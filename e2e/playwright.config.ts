import { rmSync } from 'node:fs';
import { resolve } from 'node:path';
import { defineConfig, devices } from '@playwright/test';
import { Env } from '#lib/platform/env.ts';
import { findBrowser } from './support/browser.ts';

const port = 4300;
const sandboxPort = 4301;
const root = resolve(import.meta.dirname, '..');
const dataDir = resolve(root, '.cache/e2e/data');

// Each run starts as a new user does; what the last one left stays for looking at until then. Playwright loads this
// file in its workers too, which find the folder in use.
if (!process.env['TEST_WORKER_INDEX']) rmSync(dataDir, { recursive: true, force: true });

const unset = Object.fromEntries(Object.keys(Env.shape).map(name => [name, '']));
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
    baseURL: `http://127.0.0.1:${port}`,
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
    url: `http://127.0.0.1:${port}/api/ready`,
    timeout: 180_000,
    stdout: 'pipe',
    gracefulShutdown: { signal: 'SIGTERM', timeout: 15_000 },
    // Empty is unset: the tests never reach a database, CRM or model that this machine is set up for.
    env: { ...unset, PORT: String(port), SANDBOX_PORT: String(sandboxPort), DATA_DIR: dataDir },
  },
});
