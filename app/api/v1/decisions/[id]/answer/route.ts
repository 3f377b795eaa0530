import { answer } from '#lib/answer.ts';
import { Answer } from '#lib/core/answer.ts';
import { AppError } from '#lib/core/errors.ts';
import { jsonOf, route } from '#lib/edge/route.ts';
import { decisionView } from '#lib/views/decision.ts';

export const POST = route<{ id: string }>(async ({ flow, scope, params, request }) => {
  const idempotencyKey = request.headers.get('idempotency-key');
  if (!idempotencyKey)
    throw new AppError(
      'bad_input',
      'Send an Idempotency-Key header, so that a repeated request is one answer.',
    );
  await answer(flow, scope, params.id, { answer: Answer.parse(await jsonOf(request)), idempotencyKey });
  return flow.db.tenant(scope.tenantId, tx => decisionView(tx, scope, params.id));
});
