import { randomBytes, timingSafeEqual } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import { z } from 'zod';
import { AppError } from '#lib/core/errors.ts';
import type { Flow } from '#lib/flow.ts';
import type { DataLock, Holder } from '#lib/platform/data-lock.ts';
import { runCommand } from './commands.ts';
import { explain, type Io } from './io.ts';

const Order = z.object({ argv: z.array(z.string()) });

/**
 * Lets a command line hand its command to the process that holds the embedded database: loopback only, with a token
 * that stands in a file only this user can read. Output streams back as JSON lines.
 */
export async function serveControl(flow: Flow, lock: DataLock): Promise<Server> {
  const token = randomBytes(32).toString('hex');
  const server = createServer((request, response) => {
    const given = Buffer.from(request.headers.authorization ?? '');
    const wanted = Buffer.from(`Bearer ${token}`);
    if (given.length !== wanted.length || !timingSafeEqual(given, wanted)) {
      response.writeHead(401).end();
      return;
    }
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const send = (line: object) => response.write(`${JSON.stringify(line)}\n`);
      const io: Io = { out: out => send({ out }), err: err => send({ err }) };
      void carryOut(Buffer.concat(chunks).toString(), flow, io).then(exit => {
        send({ exit });
        response.end();
      });
    });
  });
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (typeof address === 'object' && address) lock.announce({ pid: process.pid, port: address.port, token });
  return server;
}

async function carryOut(body: string, flow: Flow, io: Io): Promise<number> {
  try {
    await runCommand(Order.parse(JSON.parse(body)).argv, { io, open: () => Promise.resolve(flow) });
    return 0;
  } catch (error) {
    const { text, code } = explain(error);
    io.err(text);
    return code;
  }
}

const Line = z.union([
  z.object({ out: z.string() }),
  z.object({ err: z.string() }),
  z.object({ exit: z.number() }),
]);

/**
 * Hands a command to the holder of the data folder and shows its output here. Returns the exit code.
 * Throws AppError('unavailable') when the holder does not carry it out to the end.
 */
export async function handOver(holder: Holder, argv: readonly string[], io: Io): Promise<number> {
  let exit: number | null = null;
  for await (const text of askHolder(holder, argv)) {
    const line = Line.parse(JSON.parse(text));
    if ('out' in line) io.out(line.out);
    else if ('err' in line) io.err(line.err);
    else exit = line.exit;
  }
  if (exit === null) throw notCarriedOut(holder, 'it ended on the way');
  return exit;
}

/** Lines as they come: progress is worth nothing afterwards. */
async function* askHolder(holder: Holder, argv: readonly string[]): AsyncGenerator<string> {
  const response = await fetch(`http://127.0.0.1:${holder.port}/`, {
    method: 'POST',
    headers: { authorization: `Bearer ${holder.token}` },
    body: JSON.stringify({ argv }),
  }).catch((error: unknown) => {
    throw notCarriedOut(holder, 'it cannot be reached', error);
  });
  if (!response.ok || !response.body) throw notCarriedOut(holder, `it answered ${response.status}`);
  const decoder = new TextDecoder();
  let rest = '';
  const chunks = response.body[Symbol.asyncIterator]();
  for (;;) {
    const next = await chunks.next().catch((error: unknown) => {
      throw notCarriedOut(holder, 'it ended on the way', error);
    });
    if (next.done) break;
    const lines = (rest + decoder.decode(next.value, { stream: true })).split('\n');
    rest = lines.pop() ?? '';
    yield* lines.filter(Boolean);
  }
}

const notCarriedOut = ({ pid }: Holder, why: string, cause?: unknown): AppError =>
  new AppError(
    'unavailable',
    `The Sidecard that holds the data folder (process ${pid}) did not carry out the command: ${why}. Try again, or stop it first.`,
    {},
    cause,
  );
