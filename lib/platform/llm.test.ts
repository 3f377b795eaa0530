import { HumanMessage } from '@langchain/core/messages';
import { LLMock } from '@copilotkit/aimock';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { AppError } from '#lib/core/errors.ts';
import { askForm, connectModel } from './llm.ts';

const schema = z.strictObject({ subject: z.string().min(1).max(40), count: z.number().int() });
const good = { subject: 'Hello', count: 2 };
const mock = new LLMock({ port: 0 });

beforeAll(async () => {
  mock.mount('/declines', {
    handleRequest: (_request, response) => {
      const message = { role: 'assistant', content: null, refusal: 'I cannot help with that.' };
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify({ id: 'x', choices: [{ index: 0, message, finish_reason: 'stop' }] }));
      return Promise.resolve(true);
    },
  });
  await mock.start();
});
afterEach(() => mock.reset());
afterAll(() => mock.stop());

async function ask(path = '', timeoutMs = 5000) {
  const waits: number[] = [];
  const model = connectModel({ baseUrl: `${mock.url}${path}/v1`, apiKey: 'test', model: 'm-1', timeoutMs });
  if (!model) throw new Error('a base URL makes a model');
  const result = await askForm(model, {
    prompt: 'p1',
    name: 'follow-up',
    schema,
    messages: [new HumanMessage('write')],
    wait: milliseconds => Promise.resolve(waits.push(milliseconds)),
  }).catch((error: unknown) => error as AppError);
  return { result, waits };
}

const failure = (result: unknown) => {
  expect(result).toBeInstanceOf(AppError);
  return result as AppError;
};

test('no key and no base URL means offline', () => {
  expect(connectModel({})).toBeNull();
  expect(connectModel({ apiKey: 'k' })).not.toBeNull();
});

test('a good reply comes back as the form, with its call recorded', async () => {
  mock.onMessage(/write/, {
    content: JSON.stringify(good),
    usage: { prompt_tokens: 7, completion_tokens: 5 },
  });
  const { result } = await ask();
  expect(result).toMatchObject({
    form: good,
    calls: [{ model: 'm-1', prompt: 'p1', reply: JSON.stringify(good), inputTokens: 7, outputTokens: 5 }],
  });
  expect((result as { calls: { request: string }[] }).calls[0]?.request).toMatch(/^[0-9a-f]{64}$/);
  const body = JSON.stringify(mock.getLastRequest()?.body);
  expect(body).toContain('json_object');
  expect(body).toContain('additionalProperties');
});

test('429 is retried after the time the endpoint asks for', async () => {
  mock.on(
    { userMessage: /write/, sequenceIndex: 0 },
    { error: { message: 'slow down' }, status: 429, retryAfter: 7 },
  );
  mock.onMessage(/write/, { content: JSON.stringify(good) });
  const { result, waits } = await ask();
  expect(result).toMatchObject({ form: good });
  expect(waits).toEqual([7000]);
});

test('429 for longer than the budget is limited, without waiting', async () => {
  mock.onMessage(/write/, { error: { message: 'slow down' }, status: 429, retryAfter: 600 });
  const { result, waits } = await ask();
  expect(failure(result).code).toBe('limited');
  expect(waits).toEqual([]);
});

test('a used-up quota is limited and not tried again', async () => {
  mock.onMessage(/write/, {
    error: { message: 'You exceeded your current quota', code: 'insufficient_quota' },
    status: 429,
    retryAfter: 1,
  });
  const { result } = await ask();
  expect(failure(result)).toMatchObject({
    code: 'limited',
    message: expect.stringContaining('billing') as string,
  });
  expect(mock.getRequests()).toHaveLength(1);
});

test('500 is tried three times, then unavailable', async () => {
  mock.onMessage(/write/, { error: { message: 'boom' }, status: 500 });
  const { result, waits } = await ask();
  expect(failure(result)).toMatchObject({ code: 'unavailable' });
  expect(waits).toEqual([500, 1000]);
  expect(mock.getRequests()).toHaveLength(3);
});

test('a wrong key is refused at once, with what to check', async () => {
  mock.onMessage(/write/, { error: { message: 'bad key' }, status: 401 });
  const { result } = await ask();
  expect(failure(result)).toMatchObject({
    code: 'refused',
    message: expect.stringContaining('OPENAI_API_KEY') as string,
  });
  expect(mock.getRequests()).toHaveLength(1);
});

test('an endpoint without structured output is asked again in plain JSON', async () => {
  mock.on(
    { predicate: request => request.response_format !== undefined },
    { error: { message: 'response_format json_object is not supported' }, status: 400 },
  );
  mock.onMessage(/write/, { content: `\`\`\`json\n${JSON.stringify(good)}\n\`\`\`` });
  expect((await ask()).result).toMatchObject({ form: good });
});

test.each([
  ['truncated JSON', { content: '{"subject": "Hel', finishReason: 'length' }],
  ['a wrong schema', { content: '{"subject": "", "count": "two", "to": "x@y.example"}' }],
  ['an empty answer', { content: '' }],
])('%s: one repair try, then refused', async (_name, reply) => {
  mock.onMessage(/./, reply);
  const { result } = await ask();
  const error = failure(result);
  expect(error.code).toBe('refused');
  expect(error.message).toContain("The language model's reply could not be read as a follow-up");
  expect(error.details['calls']).toHaveLength(2);
});

test('a reply that is repaired counts, and both calls are kept', async () => {
  mock.onMessage(/could not be read/, { content: JSON.stringify(good) });
  mock.onMessage(/write/, { content: 'Sure! Here it is:' });
  const { result } = await ask();
  expect(result).toMatchObject({ form: good, calls: [{ reply: 'Sure! Here it is:' }, {}] });
});

test('a refusal is said as such', async () => {
  const { result } = await ask('/declines');
  expect(failure(result)).toMatchObject({
    code: 'refused',
    message: 'The language model declined to write the follow-up.',
  });
});

test('no answer in time is unavailable', async () => {
  mock.onMessage(/write/, { content: JSON.stringify(good) }, { chaos: { latencyMs: 20_000 } });
  const { result, waits } = await ask('', 50);
  expect(failure(result)).toMatchObject({
    code: 'unavailable',
    message: expect.stringContaining('in time') as string,
  });
  expect(waits).toHaveLength(2);
});

test('nobody listening is unavailable', async () => {
  const model = connectModel({ baseUrl: 'http://127.0.0.1:9/v1' });
  if (!model) throw new Error('a base URL makes a model');
  const asked = askForm(model, {
    prompt: 'p1',
    name: 'follow-up',
    schema,
    messages: [new HumanMessage('write')],
    wait: () => Promise.resolve(),
  });
  await expect(asked).rejects.toMatchObject({ code: 'unavailable' });
});
