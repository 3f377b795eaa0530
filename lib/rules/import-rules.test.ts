import { posix } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fewestModules, cruise, type Cruised } from './cruise.ts';
import { allowedImports, importPlants } from './import-plants.ts';
import { plant } from './plant.ts';

/** The file of the house that an import names; null for a package. */
function fileOf(from: string, imported: string): string | null {
  if (imported.startsWith('#')) return imported.slice(1);
  return imported.startsWith('.') ? posix.join(posix.dirname(from), imported) : null;
}

function plantImports(): ReturnType<typeof plant> {
  const files: Record<string, string> = {};
  for (const [from, imported] of [...importPlants.map(([, ...rest]) => rest), ...allowedImports]) {
    const name = imported.replace(/^type /, '');
    files[from] =
      (files[from] ?? '') + (name === imported ? `import '${name}';\n` : `import type {} from '${name}';\n`);
    const target = fileOf(from, name);
    if (target !== null && !imported.endsWith('nowhere.ts')) files[target] ??= '';
  }
  return plant(files);
}

describe('the import rules', () => {
  const house = plantImports();
  let found: Cruised;
  beforeAll(async () => {
    found = await cruise(house.root);
  });
  afterAll(() => house.remove());
  const brokenBy = (file: string) =>
    found.violations.filter(({ from }) => from === file).map(({ rule }) => rule);

  it.each(importPlants)('%s: %s must not import %s', (rule, from) => {
    expect(brokenBy(from)).toEqual([rule]);
  });

  it.each(allowedImports)('%s may import %s', from => {
    expect(brokenBy(from)).toEqual([]);
  });

  it('are each planted, and give their reason', () => {
    expect(new Set<string>(importPlants.map(([rule]) => rule))).toEqual(new Set(found.rules.keys()));
    for (const why of found.rules.values()) expect(why).toMatch(/^[A-Z].{20,}[.]$/);
  });

  it('see the modules of the house', async () => {
    const { modules } = await cruise(process.cwd());
    expect(modules).toBeGreaterThan(fewestModules);
  });
});
