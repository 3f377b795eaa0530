import type { Context } from 'hono';
import type { z } from 'zod';
import { invalid } from '#lib/crm/sandbox/records/refusal.ts';

/** Reads the JSON body and checks its shape; refuses with every fault named by its place. */
export async function readBody<T extends z.ZodType>(c: Context, schema: T): Promise<z.infer<T>> {
  const text = await c.req.text();
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw invalid('Invalid input JSON: the body cannot be read as JSON');
  }
  const parsed = schema.safeParse(json);
  if (parsed.success) return parsed.data;
  const details = parsed.error.issues.map(({ message, path }) => ({
    message: `${path.join('.') || 'body'}: ${message}`,
    code: 'INVALID_INPUT',
    in: path.join('.'),
  }));
  throw invalid(`Invalid input JSON: ${details.map(({ message }) => message).join('; ')}`, details);
}
