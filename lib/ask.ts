import type { Decision } from '#lib/core/decision.ts';
import type { Scope } from '#lib/core/scope.ts';
import type { Subject } from '#lib/core/subject.ts';
import { toInstant } from '#lib/core/time.ts';
import { decide } from './decide.ts';
import type { Flow } from './flow.ts';
import { mayAsk } from './may.ts';
import { stages, type Stages } from './stages.ts';

/** A person asks for a suggestion now. Throws what `decide` throws, and AppError('forbidden') when they may not ask. */
export async function ask(flow: Flow, scope: Scope, subject: Subject, s: Stages = stages): Promise<Decision> {
  await flow.db.tenant(scope.tenantId, tx => mayAsk(tx, scope, subject, s));
  return decide(
    flow,
    scope,
    { kind: 'asked', task: 'follow-up', subject, events: [], at: toInstant(flow.now()) },
    s,
  );
}
