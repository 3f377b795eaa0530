import { readFile } from 'node:fs/promises';
import { AppError } from '#lib/core/errors.ts';

/** A mapping's file as JSON. Throws AppError('not_found' | 'bad_input'). */
export async function readJsonFile(path: string): Promise<unknown> {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    throw new AppError('not_found', `The mapping ${path} cannot be read. Check the path.`, { path }, error);
  });
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    throw new AppError(
      'bad_input',
      `The mapping ${path} is not JSON: ${(error as Error).message}`,
      { path },
      error,
    );
  }
}
