'use server';
import { z } from 'zod';
import { Subject } from '#lib/core/subject.ts';
import { act } from '#lib/edge/action.ts';
import { confirmSame, takeApart } from '#lib/identity.ts';

/** A person says whether two records are one person or company. */
export async function resolveAction(input: { a: Subject; b: Subject; resolution: 'same' | 'different' }) {
  const schema = z.object({ a: Subject, b: Subject, resolution: z.enum(['same', 'different']) });
  return act(schema, input, ({ flow, scope, input: { a, b, resolution } }) =>
    (resolution === 'same' ? confirmSame : takeApart)(flow, scope, { a, b }),
  );
}
