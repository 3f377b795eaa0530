import { setTimeout as sleep } from 'node:timers/promises';
import type { BaseChatModel } from '@langchain/core/language_models/chat_models';
import { AIMessage, HumanMessage, SystemMessage, type BaseMessage } from '@langchain/core/messages';
import { ChatOpenAI } from '@langchain/openai';
import type { z } from 'zod';
import type { ModelCall } from '#lib/core/decision.ts';
import { AppError } from '#lib/core/errors.ts';
import type { Clock } from '#lib/core/time.ts';
import { hashOf } from './hash.ts';
import { modelError, refusesFormat, waitBefore } from './llm-errors.ts';
import { formInstruction, readForm } from './llm-form.ts';

export type ModelSettings = { apiKey?: string; baseUrl?: string; model?: string; timeoutMs?: number };

/** Repeats after a passing fault (429, 5xx, no connection, timeout), over and above the first try. */
const RETRIES = 2;
/** No new try begins after this: a person or a job waits. */
const BUDGET_MS = 45_000;

/** A chat model at any OpenAI-compatible endpoint; null (no key and no base URL) means: work offline. */
export function connectModel(settings: ModelSettings): BaseChatModel | null {
  if (!settings.apiKey && !settings.baseUrl) return null;
  return new ChatOpenAI({
    model: settings.model ?? 'gpt-5-mini',
    // Local endpoints often want no key, but the client insists on one.
    apiKey: settings.apiKey ?? 'none',
    timeout: settings.timeoutMs ?? 30_000,
    // Repeats are ours: LangChain's own wait ignores Retry-After.
    maxRetries: 0,
    // A refusal stands nowhere else.
    __includeRawResponse: true,
    ...(settings.baseUrl ? { configuration: { baseURL: settings.baseUrl } } : {}),
  });
}

export const modelName = (model: BaseChatModel): string => {
  const name: unknown = Reflect.get(model, 'model');
  return typeof name === 'string' ? name : model._llmType();
};

const textOf = (message: BaseMessage): string =>
  typeof message.content === 'string'
    ? message.content
    : message.content.map(part => (part.type === 'text' ? String(part['text']) : '')).join('');

/** Null where the endpoint does not count. */
function tokensOf(message: BaseMessage, kind: 'input_tokens' | 'output_tokens'): number | null {
  const usage: unknown = Reflect.get(message, 'usage_metadata');
  const count: unknown = typeof usage === 'object' && usage !== null ? Reflect.get(usage, kind) : null;
  return typeof count === 'number' ? count : null;
}

function refusalOf(message: BaseMessage): string | null {
  const choices: unknown = (
    message.additional_kwargs['__raw_response'] as
      { choices?: { message?: { refusal?: unknown } }[] } | undefined
  )?.choices;
  const refusal = Array.isArray(choices)
    ? (choices[0] as { message?: { refusal?: unknown } })?.message?.refusal
    : null;
  if (typeof refusal === 'string' && refusal) return refusal;
  return message.response_metadata['finish_reason'] === 'content_filter' ? 'content filter' : null;
}

export type Ask<T> = {
  /** Artifact hash of the prompt. */
  prompt: string;
  /** What the form is called in the request and in error sentences, e.g. "follow-up". */
  name: string;
  schema: z.ZodType<T>;
  messages: BaseMessage[];
  now?: Clock;
  wait?: (milliseconds: number) => Promise<unknown>;
};

type Exchange = { message: BaseMessage; reply: string; call: ModelCall };

/**
 * JSON mode, with the schema in the words of the request: more endpoints know it than `json_schema`, and for that one
 * LangChain lets the vendor's client parse, which throws away a reply that is not JSON, so no lineage could keep it.
 */
const jsonMode = { response_format: { type: 'json_object' } };

function instruct(messages: BaseMessage[], schema: z.ZodType): BaseMessage[] {
  const [first, ...rest] = messages;
  const text = formInstruction(schema);
  return first?.type === 'system'
    ? [new SystemMessage(`${textOf(first)}\n\n${text}`), ...rest]
    : [new SystemMessage(text), ...messages];
}

const systemClock: Clock = () => new Date();

async function exchange(
  model: BaseChatModel,
  ask: Pick<Ask<unknown>, 'prompt' | 'now' | 'wait'>,
  messages: BaseMessage[],
): Promise<Exchange> {
  const { now = systemClock, wait = sleep } = ask;
  const name = modelName(model);
  const from = now().getTime();
  let options: Record<string, unknown> = jsonMode;
  for (let attempt = 0; ; attempt += 1) {
    try {
      const message = await model.invoke(messages, options);
      const reply = textOf(message);
      const call: ModelCall = {
        model: name,
        prompt: ask.prompt,
        request: hashOf(messages.map(m => ({ role: m.type, content: m.content }))),
        reply,
        inputTokens: tokensOf(message, 'input_tokens'),
        outputTokens: tokensOf(message, 'output_tokens'),
        milliseconds: now().getTime() - from,
      };
      return { message, reply, call };
    } catch (error) {
      if (options === jsonMode && refusesFormat(error)) {
        options = {};
        continue;
      }
      const pause = attempt < RETRIES ? waitBefore(error, attempt, now()) : undefined;
      if (pause === undefined || now().getTime() - from + pause > BUDGET_MS) throw modelError(error, name);
      await wait(pause);
    }
  }
}

/**
 * Asks a model to fill a typed form: JSON mode where the endpoint knows it, checked by zod either way, with one
 * repair try. `calls` are for the lineage. Throws AppError: 'unavailable' or 'limited' (worth another try),
 * 'refused' (with `details.calls`, where there was a reply).
 */
export async function askForm<T>(
  model: BaseChatModel,
  ask: Ask<T>,
): Promise<{ form: T; calls: ModelCall[] }> {
  const calls: ModelCall[] = [];
  const asked = instruct(ask.messages, ask.schema);
  let messages = asked;
  let problem = '';
  for (let attempt = 0; attempt < 2; attempt += 1) {
    const { message, reply, call } = await exchange(model, ask, messages);
    calls.push(call);
    if (refusalOf(message) !== null)
      throw new AppError('refused', `The language model declined to write the ${ask.name}.`, { calls });
    const reading = readForm(reply, ask.schema);
    if (reading.ok) return { form: reading.form, calls };
    problem = reading.problem;
    const repair = new HumanMessage(
      `Your reply could not be read: ${problem}. Answer once more, with the JSON object only.`,
    );
    messages = [...asked, ...(reply ? [new AIMessage(reply)] : []), repair];
  }
  throw new AppError(
    'refused',
    `The language model's reply could not be read as a ${ask.name}: ${problem}.`,
    {
      calls,
    },
  );
}
