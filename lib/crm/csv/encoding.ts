import { AppError } from '#lib/core/errors.ts';
import type { Fingerprint } from './open-bytes.ts';

/** A file's character encoding, by its WHATWG name, and what it was taken from. */
export interface Encoding {
  name: string;
  reason: string;
}

/** A file's encoding as far as its bytes tell. UTF-8 must hold to the end of the file; else it is Windows-1252. */
export function guessEncoding({ head, utf8 }: Pick<Fingerprint, 'head' | 'utf8'>): Encoding {
  const [a, b, c] = head;
  if (a === 0xef && b === 0xbb && c === 0xbf && utf8)
    return { name: 'utf-8', reason: 'it says so at its start' };
  if (a === 0xff && b === 0xfe) return { name: 'utf-16le', reason: 'it says so at its start' };
  if (a === 0xfe && b === 0xff) return { name: 'utf-16be', reason: 'it says so at its start' };
  const nulls = (offset: number) => {
    let found = 0;
    for (let i = offset; i < head.length; i += 2) if (head[i] === 0) found += 1;
    return found / Math.max(1, head.length / 2);
  };
  if (nulls(1) > 0.3 && nulls(0) < 0.1) return { name: 'utf-16le', reason: 'every other byte is zero' };
  if (nulls(0) > 0.3 && nulls(1) < 0.1) return { name: 'utf-16be', reason: 'every other byte is zero' };
  if (utf8) return { name: 'utf-8', reason: 'all its bytes are UTF-8' };
  return { name: 'windows-1252', reason: 'its bytes are not UTF-8' };
}

/** An encoding that somebody named. Throws AppError('bad_input') for a name that nobody knows. */
export function namedEncoding(name: string): Encoding {
  try {
    return { name: new TextDecoder(name).encoding, reason: 'you said so' };
  } catch (error) {
    throw new AppError(
      'bad_input',
      `"${name}" is not an encoding that can be read. Try utf-8, utf-16le or windows-1252.`,
      {},
      error,
    );
  }
}

/** Bytes as text, without the mark at the start. */
export async function* decode(chunks: AsyncIterable<Buffer>, encoding: string): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding);
  for await (const chunk of chunks) yield decoder.decode(chunk, { stream: true });
  yield decoder.decode();
}
