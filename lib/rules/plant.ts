import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

const house = [
  'package.json',
  'tsconfig.json',
  '.dependency-cruiser.js',
  '.oxlintrc.json',
  'lib/rules/lint-plugin.ts',
];

/**
 * Puts up a copy of the house that holds these files (path → source), the real configuration and the real packages,
 * and nothing else. `remove` takes it away.
 */
export function plant(files: Record<string, string>): { root: string; remove(): void } {
  const root = mkdtempSync(join(tmpdir(), 'sidecard-planted-'));
  for (const name of house) cpSync(resolve(name), join(root, name));
  symlinkSync(resolve('node_modules'), join(root, 'node_modules'));
  for (const [path, source] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), source);
  }
  return { root, remove: () => rmSync(root, { recursive: true, force: true }) };
}
