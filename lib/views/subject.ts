import type { Score } from '#lib/core/score.ts';
import type { Scope } from '#lib/core/scope.ts';
import type { Subject } from '#lib/core/subject.ts';
import { connectionOf, type Connection } from '#lib/crm/read.ts';
import { answersTo, decisionsAbout, latestScore, newestDecision, scoreBefore } from '#lib/decisions/read.ts';
import { nameOf } from '#lib/graph/read.ts';
import { mayRead } from '#lib/may.ts';
import type { TenantTx } from '#lib/platform/db.ts';
import { receiptsOf, undoReceiptsOf } from '#lib/writeback/read.ts';
import { historyOf } from './history.ts';
import { statesOf } from './states.ts';
import { suggestionView } from './suggestion.ts';
import type { ScoreView, SubjectView } from './types.ts';

/**
 * All that the card shows about a record. Throws AppError('not_found') when the record is not known,
 * AppError('forbidden') when policy lets this scope not read it.
 */
export async function subjectView(tx: TenantTx, scope: Scope, subject: Subject): Promise<SubjectView> {
  await mayRead(tx, scope, subject);
  const connection = await connectionOf(tx);
  const decision = await newestDecision(tx, subject);
  const score = await latestScore(tx, subject);
  const more = decision
    ? {
        receipts: [...(await receiptsOf(tx, decision.id)), ...(await undoReceiptsOf(tx, decision.id))],
        answers: await answersTo(tx, decision.id),
      }
    : null;
  return {
    subject,
    name: await nameOf(tx, subject),
    url: urlOf(connection, subject),
    score: score && scoreView(score, await scoreBefore(tx, subject, score.scoredAt)),
    suggestion: decision && more && (await suggestionView(tx, scope, decision, more)),
    history: historyOf(await decisionsAbout(tx, subject)),
    states: await statesOf(tx, connection),
    crmUrl: connection?.appUrl ?? '',
  };
}

export const urlOf = (connection: Connection | null, { object, id }: Subject): string =>
  `${connection?.appUrl ?? ''}/${object}/${id}`;

/** A score with what moved it since the one before: facts, or another model. */
export function scoreView(score: Score, before: Score | null): ScoreView {
  const texts = (of: Score) => [...of.reasons.up, ...of.reasons.down].map(reason => reason.text);
  const known = before ? texts(before) : [];
  return {
    ...score,
    model: score.model.slice(0, 12),
    change:
      before && before.value !== score.value
        ? {
            from: before.value,
            to: score.value,
            data: texts(score).filter(text => !known.includes(text)),
            model: before.model !== score.model,
          }
        : null,
  };
}
