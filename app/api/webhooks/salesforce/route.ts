import { takeInOutbound } from '#lib/take-in-salesforce.ts';
import { processFlow } from '#lib/edge/open-process.ts';
import { problemResponse, textOf } from '#lib/edge/route.ts';
import { outboundAck } from '#lib/edge/outbound-ack.ts';

/** Salesforce's outbound messages: acknowledged only after they are durable. Who sends them is shown by the key. */
export async function POST(request: Request): Promise<Response> {
  try {
    const key = new URL(request.url).searchParams.get('key');
    await takeInOutbound(processFlow(), { body: await textOf(request), key });
    return new Response(outboundAck, { headers: { 'content-type': 'text/xml; charset=utf-8' } });
  } catch (error) {
    return problemResponse(error);
  }
}
