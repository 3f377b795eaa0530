import type { Scope } from '#lib/core/scope.ts';
import { toInstant } from '#lib/core/time.ts';
import type { Flow } from './flow.ts';
import { mayRead } from './may.ts';
import { stages, type Stages } from './stages.ts';

/**
 * Keeps when a person first saw or opened a suggestion: later figures on how it is used stand on it. Throws
 * AppError('not_found'), AppError('forbidden').
 */
export const keepMoment = (
  flow: Flow,
  scope: Scope,
  decisionId: string,
  kind: 'shown' | 'opened',
  s: Stages = stages,
): Promise<void> =>
  flow.db.tenant(scope.tenantId, async tx => {
    const { subject } = await s.decisions.load(tx, decisionId);
    await mayRead(tx, scope, subject, s);
    await s.decisions.keepMoment(tx, scope, decisionId, kind, toInstant(flow.now()));
  });
