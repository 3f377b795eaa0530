import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Context } from 'hono';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';

type Bindings = { incoming: IncomingMessage; outgoing: ServerResponse };

/** Node's own side of the request. */
function nodeSide(c: Context): Bindings {
  return c.env as Bindings;
}

/** Says that the answer was given by hand; a copy, since the server writes the original out like any other answer. */
const alreadySent = (): Response => RESPONSE_ALREADY_SENT.clone();

/** Cuts the connection without an answer. */
export function dropConnection(c: Context): Response {
  nodeSide(c).incoming.socket.destroy();
  return alreadySent();
}

/** Says nothing for `ms` milliseconds, or until the caller gives up, and then cuts the connection. */
export async function hang(c: Context, ms: number | undefined): Promise<Response> {
  const { socket } = nodeSide(c).incoming;
  await new Promise<void>(resolve => {
    const timer = ms === undefined ? undefined : setTimeout(resolve, ms);
    const gone = () => {
      clearTimeout(timer);
      resolve();
    };
    if (socket.destroyed) gone();
    else socket.once('close', gone);
  });
  return dropConnection(c);
}

/** Sends the head of an answer and the first half of its body, and then cuts the connection. */
export async function sendHalf(c: Context, answer: Response): Promise<Response> {
  const whole = Buffer.from(await answer.arrayBuffer());
  const { incoming, outgoing } = nodeSide(c);
  outgoing.writeHead(answer.status, {
    'Content-Type': answer.headers.get('content-type') ?? 'application/json',
    'Content-Length': Math.max(whole.length, 2),
  });
  outgoing.write(whole.subarray(0, Math.floor(whole.length / 2)), () => incoming.socket.destroy());
  return alreadySent();
}
