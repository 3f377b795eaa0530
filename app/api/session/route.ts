import { jsonOf, problemResponse } from '#lib/edge/route.ts';
import { endSession, exchangeLaunch } from '#lib/edge/session.ts';

/** A one-time launch token becomes a session. */
export async function POST(request: Request): Promise<Response> {
  try {
    return await exchangeLaunch(request, await jsonOf(request));
  } catch (error) {
    return problemResponse(error);
  }
}

/** Sign out. */
export async function DELETE(request: Request): Promise<Response> {
  try {
    return await endSession(request);
  } catch (error) {
    return problemResponse(error);
  }
}
