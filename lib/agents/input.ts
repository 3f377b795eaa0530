import type { BaseChatModel } from '@langchain/core/language_models/chat_models';
import type { ModelCall } from '#lib/core/decision.ts';
import type { Facts } from '#lib/core/fact.ts';
import type { Memory } from '#lib/core/memory.ts';
import type { Mode, Suggestion } from '#lib/core/proposal.ts';
import type { FeatureRow, Score } from '#lib/core/score.ts';
import type { TenantSettings } from '#lib/core/settings.ts';
import type { Cadence } from './follow-up/default-cadence.ts';
import type { FollowUpPrompt } from './follow-up/prompt.ts';

/**
 * All that an agent may know. No database, no CRM, no network but the model, and no clock but `now`. `facts` are
 * shielded: what must not reach a model is masked already.
 */
export type FollowUpInput = {
  task: 'follow-up';
  mode: Mode;
  facts: Facts;
  features: FeatureRow;
  score: Score | null;
  memories: Memory[];
  settings: TenantSettings;
  prompt: { hash: string; body: FollowUpPrompt };
  cadence: { hash: string; body: Cadence };
  /** null: no language model is connected; the offline writer takes its place. */
  model: BaseChatModel | null;
  now: Date;
  newId: (prefix: 'chg') => string;
};

export type Proposed = { suggestion: Suggestion; modelCalls: ModelCall[] };
