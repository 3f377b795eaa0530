import { startStub } from '#lib/crm/testing/test-crm.ts';
import type { crmCalls } from '#lib/crm/testing/test-crm.ts';

/** Where the sandbox's webhooks go in a test, which decides when the product hears of them. */
export async function collectWebhooks(crm: ReturnType<typeof crmCalls>, secret: string) {
  const bodies: string[] = [];
  const stub = await startStub((request, response) => {
    let text = '';
    request.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
    request.on('end', () => {
      bodies.push(text);
      response.end();
    });
  });
  await crm.call('PUT', '/sandbox/webhooks', { url: stub.url, secret });
  return {
    /** Calls that the CRM has made since the last time, as it sent them: all of them, however long that takes. */
    take: async (): Promise<string[]> => {
      for (let waiting = 1; waiting > 0;) {
        const { webhooks } = (await crm.call('GET', '/sandbox/stats')) as { webhooks: { waiting: number } };
        waiting = webhooks.waiting;
      }
      return bodies.splice(0);
    },
    stop: () => stub.stop(),
  };
}
