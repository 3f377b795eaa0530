import { takeInWebhook } from '#lib/take-in.ts';
import { processFlow, publicUrl } from '#lib/edge/open-process.ts';
import { problemResponse, textOf } from '#lib/edge/route.ts';

/** HubSpot's deliveries: answered 2xx only after they are durable. Who sends them is shown by their signature. */
export async function POST(request: Request): Promise<Response> {
  try {
    const taken = await takeInWebhook(processFlow(), {
      method: 'POST',
      uri: `${publicUrl()}/api/webhooks/hubspot`,
      body: await textOf(request),
      timestamp: request.headers.get('x-hubspot-request-timestamp'),
      signature: request.headers.get('x-hubspot-signature-v3'),
    });
    return Response.json(taken);
  } catch (error) {
    return problemResponse(error);
  }
}
