import { PGlite } from '@electric-sql/pglite';
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { sha256 } from '../hash.ts';
import { migrate } from '../migrate.ts';
import { embeddedOver, openEmbedded, type OpenEmbedded } from '../open-db.ts';

const folder = resolve('node_modules/.cache/sidecard');

/**
 * A fresh, migrated embedded database in memory. Making one takes seconds, copying one a fraction of that: the first
 * of a version is kept where tools keep their caches.
 */
export async function openEmbeddedCopy(): Promise<OpenEmbedded> {
  const file = join(folder, `pglite-${versionOf()}.tar`);
  const kept = readKept(file);
  if (kept) {
    const pglite = new PGlite({ loadDataDir: new Blob([kept]) });
    await pglite.waitReady;
    return embeddedOver(pglite);
  }
  const made = await openEmbedded(null);
  await migrate(made);
  keep(file, new Uint8Array(await (await made.pglite.dumpDataDir('none')).arrayBuffer()));
  return made;
}

/** Changes with all that a fresh database is made of. */
function versionOf(): string {
  const migrations = resolve('drizzle/migrations');
  const sources = [
    ...readdirSync(migrations)
      .filter(name => name.endsWith('.sql'))
      .sort()
      .map(name => join(migrations, name)),
    resolve('lib/platform/migrate.ts'),
    resolve('node_modules/@electric-sql/pglite/package.json'),
  ];
  return sha256(sources.map(source => readFileSync(source, 'utf8')).join('\0')).slice(0, 16);
}

function readKept(file: string): Buffer<ArrayBuffer> | null {
  try {
    return Buffer.from(readFileSync(file));
  } catch {
    return null;
  }
}

/** Other test processes may do the same at the same time: whole or not at all. */
function keep(file: string, data: Uint8Array): void {
  mkdirSync(folder, { recursive: true });
  for (const name of readdirSync(folder))
    if (name.startsWith('pglite-') && name.endsWith('.tar')) rmSync(join(folder, name), { force: true });
  const unfinished = `${file}.${process.pid}`;
  writeFileSync(unfinished, data);
  renameSync(unfinished, file);
}
