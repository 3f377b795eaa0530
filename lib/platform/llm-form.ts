import { z } from 'zod';

/** What tells a model, in words and JSON Schema, which form to fill. */
export const formInstruction = (schema: z.ZodType): string =>
  `Answer with one JSON object and nothing else. It must fit this JSON Schema:\n${JSON.stringify(z.toJSONSchema(schema))}`;

export type Reading<T> = { ok: true; form: T } | { ok: false; problem: string };

/** Reads a model's reply as a form. Code fences are forgiven; nothing else is guessed. */
export function readForm<T>(reply: string, schema: z.ZodType<T>): Reading<T> {
  const text = reply
    .trim()
    .replace(/^```(?:json)?\s*/i, '')
    .replace(/\s*```$/, '');
  if (!text) return { ok: false, problem: 'the reply is empty' };
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { ok: false, problem: 'the reply is not complete, valid JSON' };
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return { ok: true, form: parsed.data };
  const problem = parsed.error.issues
    .slice(0, 5)
    .map(issue => `${issue.path.join('.') || 'reply'}: ${issue.message}`)
    .join('; ');
  return { ok: false, problem };
}
