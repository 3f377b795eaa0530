import { defineConfig } from 'vitest/config';

const database = {
  include: ['lib/**/*.db.test.ts', 'drizzle/**/*.db.test.ts'],
  testTimeout: 60_000,
  hookTimeout: 60_000,
};

/**
 * `*.test.ts` needs nothing; `*.db.test.ts` runs on the embedded database and on real Postgres; `*.long.ts` runs on
 * real Postgres when it is asked for.
 */
export default defineConfig({
  test: {
    env: { LOG_LEVEL: 'silent' },
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['{app,components,lib,drizzle}/**/*.test.{ts,tsx}'],
          exclude: ['**/*.db.test.ts', '**/node_modules/**'],
          testTimeout: 30_000,
          // Loading modules anew for each file took two thirds of the time; no test may leave anything behind in them.
          isolate: false,
        },
      },
      { extends: true, test: { name: 'pglite', ...database } },
      {
        extends: true,
        test: { name: 'postgres', ...database, globalSetup: ['lib/platform/testing/postgres-setup.ts'] },
      },
      {
        extends: true,
        test: {
          ...database,
          name: 'long',
          include: ['lib/**/*.long.ts'],
          testTimeout: 60 * 60_000,
          globalSetup: ['lib/platform/testing/postgres-setup.ts'],
        },
      },
    ],
  },
});
