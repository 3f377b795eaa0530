import type { BaseChatModel } from '@langchain/core/language_models/chat_models';
import { z } from 'zod';
import { ModelCall } from '#lib/core/decision.ts';
import { AppError } from '#lib/core/errors.ts';
import { askForm } from '#lib/platform/llm.ts';
import type { Brief, Dossier } from './brief.ts';
import { compose } from './compose.ts';
import { OfflineChatModel } from './offline.ts';
import { FollowUpForm, messagesFor, type FollowUpPrompt } from './prompt.ts';
import type { Wishes } from './wishes.ts';
import { wordByWishes } from './word-by-wishes.ts';

export type Written = {
  form: FollowUpForm;
  /** Which of the allowed situations it is for. */
  chosen: number;
  calls: ModelCall[];
  writtenBy: 'language model' | 'rules';
  /** Why it was not written by the model that is connected. */
  fellBack: string | null;
};

type Given = {
  /** One, or in agent mode all that the model may choose among; the first is what the rules choose. */
  briefs: readonly [Brief, ...Brief[]];
  dossier: Dossier;
  prompt: { hash: string; body: FollowUpPrompt };
  wishes: Wishes;
  model: BaseChatModel | null;
};

const byRules = (given: Given, fellBack: string | null, calls: ModelCall[]): Written => ({
  form: wordByWishes(compose(given.briefs[0], given.dossier.items), given.briefs[0].channel, given.wishes),
  chosen: 0,
  calls,
  writtenBy: 'rules',
  fellBack,
});

/** Words a follow-up without any model. */
export const writeByRules = (given: Given): Written => byRules(given, null, []);

/**
 * Lets the model word the plan. Where it cannot be reached or does not fill the form, the rules write instead and the
 * rep is told: a suggestion must not wait for somebody else's server.
 */
export async function writeByModel(given: Given): Promise<Written> {
  const { briefs, dossier, prompt } = given;
  const model = given.model ?? new OfflineChatModel();
  const kinds = briefs.map(b => b.situation);
  const schema: z.ZodType<FollowUpForm & { situation?: string }> =
    briefs.length > 1 ? FollowUpForm.extend({ situation: z.enum(kinds) }) : FollowUpForm;
  try {
    const { form, calls } = await askForm(model, {
      prompt: prompt.hash,
      name: 'follow-up',
      schema,
      messages: messagesFor(prompt.body, briefs, dossier.items),
    });
    const chosen = Math.max(
      0,
      kinds.findIndex(kind => kind === form.situation),
    );
    const writtenBy = model instanceof OfflineChatModel ? 'rules' : 'language model';
    const worded = wordByWishes(form, briefs[chosen]?.channel ?? briefs[0].channel, given.wishes);
    return { form: worded, chosen, calls, writtenBy, fellBack: null };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const calls = z.array(ModelCall).safeParse(error.details['calls']);
    return byRules(given, error.message, calls.success ? calls.data : []);
  }
}
