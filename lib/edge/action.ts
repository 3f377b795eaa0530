import type { z } from 'zod';
import type { Scope } from '#lib/core/scope.ts';
import type { Flow } from '#lib/flow.ts';
import { processFlow } from './open-process.ts';
import { problemOf, type Problem } from './problem.ts';
import { requestScope } from './route.ts';

export type ActionResult<T> = { ok: true; value: T } | { ok: false; problem: Problem };

/**
 * The seam of every server action: who is asking, the input parsed, errors as values that a page can show. An action
 * changes something, so a cookie counts only where the browser says that our own page sent it, not on a mere visit.
 */
export async function act<I, T>(
  schema: z.ZodType<I>,
  input: unknown,
  run: (call: { flow: Flow; scope: Scope; input: I }) => Promise<T>,
): Promise<ActionResult<T>> {
  try {
    const scope = await requestScope('data');
    return { ok: true, value: await run({ flow: processFlow(), scope, input: schema.parse(input) }) };
  } catch (error) {
    return { ok: false, problem: problemOf(error) };
  }
}
