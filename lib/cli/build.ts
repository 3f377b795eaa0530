import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, globSync, readFileSync, writeFileSync } from 'node:fs';
import { AppError } from '#lib/core/errors.ts';
import { environmentWith } from '#lib/platform/env.ts';

const sources = [
  'app/**/*',
  'components/**/*',
  'lib/**/*',
  'drizzle/**/*.ts',
  'next.config.js',
  'postcss.config.mjs',
  'package-lock.json',
  'tsconfig.json',
];
const markFile = '.next/sidecard-sources';

/** SHA-256 over names and contents of everything that the pages are built from. */
function fingerprint(): string {
  const hash = createHash('sha256');
  for (const file of globSync(sources, { withFileTypes: true })
    .filter(entry => entry.isFile() && !/\.test\.tsx?$/.test(entry.name))
    .map(entry => `${entry.parentPath}/${entry.name}`)
    .sort())
    hash.update(file).update('\0').update(readFileSync(file)).update('\0');
  return hash.digest('hex');
}

/** Builds the pages unless they were built from these very sources. Throws AppError('refused') with the build's output. */
export async function buildPages(): Promise<'built' | 'kept'> {
  const now = fingerprint();
  if (existsSync(markFile) && existsSync('.next/BUILD_ID') && readFileSync(markFile, 'utf8') === now)
    return 'kept';
  await new Promise<void>((resolve, reject) => {
    let output = '';
    const build = spawn(process.execPath, ['node_modules/next/dist/bin/next', 'build'], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: environmentWith({ NEXT_TELEMETRY_DISABLED: '1' }),
    });
    const keep = (chunk: Buffer) => {
      output = (output + chunk.toString()).slice(-20_000);
    };
    build.stdout.on('data', keep);
    build.stderr.on('data', keep);
    build.on('error', reject);
    build.on('close', code =>
      code === 0 ? resolve() : reject(new AppError('refused', `The pages could not be built:\n${output}`)),
    );
  });
  writeFileSync(markFile, now);
  return 'built';
}
