import { publicUrl } from '#lib/edge/open-process.ts';
import { answerJson, jsonOf, problemResponse } from '#lib/edge/route.ts';
import { launchFromSalesforce } from '#lib/edge/salesforce-launch.ts';

/** Where the component on a Salesforce record opens our card: an address that signs its user in once, within a minute. */
export async function POST(request: Request): Promise<Response> {
  try {
    const path = await launchFromSalesforce(request.headers.get('authorization'), await jsonOf(request));
    return answerJson({ url: `${publicUrl()}${path}` });
  } catch (error) {
    return problemResponse(error);
  }
}
