import type { z } from 'zod';
import type { Scope } from '#lib/core/scope.ts';
import type { Flow } from '#lib/flow.ts';
import { actorOf } from '#lib/sign-in/sign-in.ts';
import { vouchedByHubSpot, type Vouched } from '#lib/vouch.ts';
import { processFlow, publicUrl } from './open-process.ts';
import { answerJson, parseJson, problemResponse, textOf } from './route.ts';

export interface CardCall<I> {
  flow: Flow;
  scope: Scope;
  vouched: Vouched;
  input: I;
  request: Request;
}

/**
 * The seam of every address that HubSpot's card calls: HubSpot signs the call and says who looks at the record, so it needs
 * no session. Errors are `application/problem+json`, as everywhere.
 */
export function hubspotCard<I>(schema: z.ZodType<I>, run: (call: CardCall<I>) => Promise<unknown>) {
  return async (request: Request): Promise<Response> => {
    try {
      const flow = processFlow();
      const body = await textOf(request);
      const { pathname, search } = new URL(request.url);
      const vouched = await vouchedByHubSpot(flow, {
        method: request.method,
        uri: `${publicUrl()}${pathname}${search}`,
        body,
        timestamp: request.headers.get('x-hubspot-request-timestamp'),
        signature: request.headers.get('x-hubspot-signature-v3'),
      });
      const { tenantId, person } = vouched;
      const actor = await flow.db.tenant(tenantId, tx => actorOf(tx, person));
      const input = schema.parse(parseJson(body));
      return answerJson(await run({ flow, scope: { tenantId, actor }, vouched, input, request }));
    } catch (error) {
      return problemResponse(error);
    }
  };
}
