import { z } from 'zod';
import { AppError } from '#lib/core/errors.ts';
import { wordsOf, type Crm } from './open-crm.ts';

/** One record to save. `atCreation` are properties that the CRM takes only then. */
export interface Item {
  line: number;
  key: string;
  values: Record<string, string>;
  atCreation: Record<string, string>;
  /** Ids of companies that the record belongs to. */
  companies: string[];
}

export interface Saved {
  created: number;
  updated: number;
  /** Record id by folded key, of records that are looked for by others. */
  ids: Map<string, string>;
  refused: { line: number; reason: string }[];
}

const Result = z.object({
  id: z.string(),
  properties: z.record(z.string(), z.string().nullable()),
  new: z.boolean().optional(),
});
const ItemError = z.object({
  message: z.string(),
  errors: z.array(z.object({ message: z.string() })).default([]),
  context: z
    .object({ objectWriteTraceId: z.array(z.string()).default([]) })
    .default({ objectWriteTraceId: [] }),
});

/** A batch's answer: 200, 201, or 207 with the inputs that failed. */
export const Batch = z.object({ results: z.array(Result), errors: z.array(ItemError).default([]) });

interface Writing {
  inputOf: (item: Item) => object;
  take: (result: z.infer<typeof Result>) => void;
}

/** Sends a batch; where the CRM refuses it as a whole, halves of it, until the input that it means stands alone. */
export async function postBatch(
  crm: Crm,
  path: string,
  items: readonly Item[],
  saved: Saved,
  writing: Writing,
): Promise<void> {
  const [first] = items;
  if (!first) return;
  // With a trace id each, inputs fail one by one instead of all together.
  const inputs = items.map(item => ({ ...writing.inputOf(item), objectWriteTraceId: String(item.line) }));
  const answer = await crm.send('POST', path, { inputs });
  if (answer.ok) takeAnswer(answer.body, path, items.length, saved, writing);
  else if (items.length === 1)
    saved.refused.push({ line: first.line, reason: `The CRM says: ${answer.words}` });
  else {
    const half = Math.ceil(items.length / 2);
    await postBatch(crm, path, items.slice(0, half), saved, writing);
    await postBatch(crm, path, items.slice(half), saved, writing);
  }
}

function takeAnswer(body: unknown, path: string, sent: number, saved: Saved, { take }: Writing): void {
  const parsed = Batch.safeParse(body);
  const { results, errors } = parsed.success ? parsed.data : { results: [], errors: [] };
  const refused = errors.flatMap(error =>
    error.context.objectWriteTraceId.map(line => ({
      line: Number(line),
      reason: `The CRM says: ${wordsOf(error)}`,
    })),
  );
  if (results.length + refused.length !== sent) {
    const told = `${results.length + refused.length} of ${sent} records`;
    throw new AppError('unavailable', `The CRM's answer to ${path} accounts for ${told}. Run this again.`, {
      path,
    });
  }
  for (const result of results) take(result);
  saved.refused.push(...refused);
}
