import { BaseChatModel } from '@langchain/core/language_models/chat_models';
import { AIMessage, type BaseMessage } from '@langchain/core/messages';
import type { ChatResult } from '@langchain/core/outputs';
import { compose } from './compose.ts';
import { readMessages } from './prompt.ts';

/**
 * Stands in where no language model is connected: reads the same messages, fills the same form, by rule. The same
 * messages always give the same reply, and nothing leaves the process.
 */
export class OfflineChatModel extends BaseChatModel {
  readonly model = 'offline-rules-1';

  constructor() {
    super({});
  }

  override _llmType(): string {
    return 'sidecard-offline';
  }

  override _generate(messages: BaseMessage[]): Promise<ChatResult> {
    const { briefs, items } = readMessages(messages);
    const [brief] = briefs;
    if (!brief) throw new TypeError('A follow-up needs a plan');
    const form = { ...compose(brief, items), ...(briefs.length > 1 ? { situation: brief.situation } : {}) };
    const text = JSON.stringify(form);
    return Promise.resolve({ generations: [{ text, message: new AIMessage(text) }] });
  }
}
