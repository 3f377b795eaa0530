import { AppError } from '#lib/core/errors.ts';
import { tenantOfEventsKey } from '#lib/events-keys.ts';
import { mayDo } from '#lib/may.ts';
import { env } from '#lib/platform/env.ts';
import { takeInEvents } from '#lib/take-in-events.ts';
import { processFlow } from './open-process.ts';
import { answerJson, parseJson, problemResponse, requestScope, textOf } from './route.ts';

/** Room for a whole batch of long events, and for one that is too long to be refused by itself. */
const largestBody = 16_000_000;

/** Marketing and product events, by an events key, or by a person who may send them. Answered once they are durable. */
export async function takeEvents(request: Request): Promise<Response> {
  try {
    const tenantId = await tenantOf(request.headers.get('authorization'));
    const batch = parseJson(await textOf(request, largestBody));
    const perMinute = env().SIDECARD_EVENTS_PER_MINUTE;
    return answerJson(await takeInEvents(processFlow(), { tenantId }, batch, { ask: true, perMinute }));
  } catch (error) {
    return problemResponse(error);
  }
}

async function tenantOf(authorization: string | null): Promise<string> {
  if (authorization === null)
    throw new AppError('unauthenticated', 'Send "Authorization: Bearer …" with an events key from Settings.');
  const key = /^Bearer +(evt\.\S+)$/i.exec(authorization)?.[1];
  if (key !== undefined) return tenantOfEventsKey(processFlow(), key);
  const scope = await requestScope('data');
  await processFlow().db.tenant(scope.tenantId, tx => mayDo(tx, scope, 'send_events'));
  return scope.tenantId;
}
