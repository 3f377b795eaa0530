import { answerJson, jsonOf, problemResponse } from '#lib/edge/route.ts';
import { launchInTab } from '#lib/edge/session.ts';

/** Where whoever is signed in here goes on in a tab of their own. */
export async function POST(request: Request): Promise<Response> {
  try {
    return answerJson(await launchInTab(request, await jsonOf(request)));
  } catch (error) {
    return problemResponse(error);
  }
}
