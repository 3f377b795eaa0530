import { isUtf8 } from 'node:buffer';
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { createGunzip } from 'node:zlib';
import { AppError } from '#lib/core/errors.ts';

/** What the bytes of a file say before anything is read as text. */
export interface Fingerprint {
  /** SHA-256 of the file as it lies on disk, hex. */
  hash: string;
  /** Bytes on disk. */
  size: number;
  /** Whether all of it, unpacked, is UTF-8. */
  utf8: boolean;
  /** Its first bytes, unpacked: at most `headBytes`. */
  head: Buffer;
}

const headBytes = 512 * 1024;

/**
 * The bytes of a file, unpacked where it is a gzip file, whatever its name. `onRead` hears how many bytes of the file on
 * disk have been read. Throws AppError('not_found' | 'bad_input').
 */
export async function* openBytes(
  path: string,
  onRead: (bytes: number, chunk: Buffer) => void = () => undefined,
): AsyncGenerator<Buffer> {
  const packed = await isGzip(path);
  const file = createReadStream(path, { highWaterMark: 256 * 1024 });
  let read = 0;
  file.on('data', chunk => {
    const bytes = chunk as Buffer;
    read += bytes.length;
    onRead(read, bytes);
  });
  const stream = packed ? file.pipe(createGunzip()) : file;
  if (packed) file.once('error', error => stream.destroy(error));
  try {
    for await (const chunk of stream) yield chunk as Buffer;
  } catch (error) {
    throw unreadable(path, error);
  } finally {
    file.destroy();
  }
}

/** Goes through the bytes once: who the file is, and whether it is UTF-8 to the end and not just at its beginning. */
export async function fingerprint(path: string): Promise<Fingerprint> {
  const hash = createHash('sha256');
  const head: Buffer[] = [];
  let [size, inHead, utf8] = [0, 0, true];
  let cut: Buffer = Buffer.alloc(0);
  for await (const chunk of openBytes(path, (read, bytes) => {
    size = read;
    hash.update(bytes);
  })) {
    if (inHead < headBytes) head.push(chunk);
    inHead += chunk.length;
    if (!utf8) continue;
    const bytes = cut.length > 0 ? Buffer.concat([cut, chunk]) : chunk;
    const whole = bytes.length - cutAtEnd(bytes);
    utf8 = isUtf8(bytes.subarray(0, whole));
    cut = Buffer.from(bytes.subarray(whole));
  }
  utf8 &&= cut.length === 0;
  return { hash: hash.digest('hex'), size, utf8, head: Buffer.concat(head).subarray(0, headBytes) };
}

/** How many bytes at the end begin a UTF-8 character that the next chunk completes. */
function cutAtEnd(bytes: Buffer): number {
  for (let back = 1; back <= 3 && back <= bytes.length; back++) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (byte < 0x80) return 0;
    if (byte >= 0xc0) return back < (byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2) ? back : 0;
  }
  return 0;
}

async function isGzip(path: string): Promise<boolean> {
  try {
    const file = await open(path);
    try {
      const { bytesRead, buffer } = await file.read(Buffer.alloc(2), 0, 2, 0);
      return bytesRead === 2 && buffer[0] === 0x1f && buffer[1] === 0x8b;
    } finally {
      await file.close();
    }
  } catch (error) {
    throw unreadable(path, error);
  }
}

function unreadable(path: string, error: unknown): AppError {
  if (error instanceof AppError) return error;
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === 'ENOENT')
    return new AppError('not_found', `There is no file ${path}. Check the path.`, { path }, error);
  const why = code.startsWith('Z_') ? 'its gzip data is damaged' : (error as Error).message;
  return new AppError('bad_input', `The file ${path} cannot be read: ${why}.`, { path }, error);
}
