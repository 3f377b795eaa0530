import type { Context, Next } from 'hono';
import type { RequestEffect } from './rule.ts';

type Effect = Extract<RequestEffect, { kind: 'refuse-item' }>;
type Body = { inputs?: { id?: string; objectWriteTraceId?: string }[] };
type Answer = { results?: unknown[]; errors?: unknown[] };

/** The JSON of an answer; a 204 of an archive counts as an empty one. */
async function readAnswer(c: Context): Promise<Answer> {
  const text = await c.res.text();
  return text === '' ? {} : (JSON.parse(text) as Answer);
}

/** Takes one item out of a batch, lets the rest take effect, and answers 207 with that item refused. */
export async function refuseItem(c: Context, next: Next, effect: Effect): Promise<void> {
  const body = await c.req.json<Body>();
  const inputs = body.inputs ?? [];
  const refused = inputs[(effect.index ?? 0) % Math.max(inputs.length, 1)];
  if (refused === undefined) return next();
  const rest = inputs.filter(input => input !== refused);
  let answer: Answer = { results: [] };
  if (rest.length > 0) {
    const { url, method, headers } = c.req.raw;
    const plain = new Headers(headers);
    plain.delete('content-length');
    c.req.raw = new Request(url, {
      method,
      headers: plain,
      body: JSON.stringify({ ...body, inputs: rest }),
    });
    c.req.bodyCache = {};
    await next();
    if (c.res.status >= 300) return;
    answer = await readAnswer(c);
  }
  const { id, objectWriteTraceId } = refused;
  const error = {
    status: 'error',
    category: effect.category ?? 'VALIDATION_ERROR',
    message: effect.message ?? 'This item was refused.',
    context: {
      ...(id === undefined ? {} : { ids: [id] }),
      ...(objectWriteTraceId === undefined ? {} : { objectWriteTraceId: [objectWriteTraceId] }),
    },
    errors: [],
    links: {},
  };
  const errors = [...(answer.errors ?? []), error];
  const at = new Date().toISOString();
  const frame = { status: 'COMPLETE', results: [], startedAt: at, completedAt: at };
  c.res = Response.json({ ...frame, ...answer, numErrors: errors.length, errors }, { status: 207 });
}
