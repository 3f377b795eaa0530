import type { ServerResponse } from 'node:http';
import { startStub } from '#lib/crm/testing/test-crm.ts';
import { connectModel } from '#lib/platform/llm.ts';

/** A language model behind an endpoint that answers every request the same way. */
export async function startModel(answer: (response: ServerResponse) => void) {
  const stub = await startStub((_, response) => answer(response));
  const model = connectModel({ baseUrl: `${stub.url}/v1`, apiKey: 'test', model: 'stub-1', timeoutMs: 5000 });
  return { model, stop: () => stub.stop() };
}

/** An endpoint whose model says this. */
export const saying = (content: string) => (response: ServerResponse) => {
  const message = { role: 'assistant', content, refusal: null };
  response.writeHead(200, { 'content-type': 'application/json' }).end(
    JSON.stringify({
      id: 'x',
      object: 'chat.completion',
      choices: [{ index: 0, message, finish_reason: 'stop' }],
    }),
  );
};

/** An endpoint that is down; it asks for no pause, so that no test waits. */
export const failing = (response: ServerResponse) =>
  void response.writeHead(503, { 'retry-after': '0' }).end('Bad gateway');
