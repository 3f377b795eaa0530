import { evidenceOfFlag } from '#lib/core/evidence-of.ts';
import { recordUrl } from '#lib/core/record-url.ts';
import type { Score } from '#lib/core/score.ts';
import type { Scope } from '#lib/core/scope.ts';
import { isPerson, subjectKey, type Subject } from '#lib/core/subject.ts';
import { toInstant, type Instant } from '#lib/core/time.ts';
import { connectionOf } from '#lib/crm/read.ts';
import { answersTo, latestScore, newestDecision, scoreBefore } from '#lib/decisions/read.ts';
import {
  accountsOf,
  earlierLivesOf,
  flagsAbout,
  goneSince,
  heirsOf,
  nameOf,
  namesOf,
} from '#lib/graph/read.ts';
import { mayRead } from '#lib/may.ts';
import type { TenantTx } from '#lib/platform/db.ts';
import { objectionsOf } from '#lib/privacy/read.ts';
import { receiptsOf, undoReceiptsOf } from '#lib/writeback/read.ts';
import { pagesOf } from './crm-pages.ts';
import { historyOf } from './history.ts';
import { statesOf } from './states.ts';
import { subjectMemory } from './memory.ts';
import { suggestionView } from './suggestion.ts';
import type { ScoreView, StateNotice, SubjectView } from './types.ts';

/**
 * All that the card shows about a record, or about the one as which it lives on. Throws AppError('not_found') when the
 * record is not known, AppError('forbidden') when policy lets this scope not read it.
 */
export async function subjectView(
  tx: TenantTx,
  scope: Scope,
  asked: Subject,
  now: Date,
): Promise<SubjectView> {
  const subject = (await heirsOf(tx, [asked])).get(subjectKey(asked)) ?? asked;
  await mayRead(tx, scope, subject);
  const connection = await connectionOf(tx);
  const pages = pagesOf(connection);
  const gone = await goneSince(tx, subject);
  const earlier = await earlierLivesOf(tx, subject);
  const names = await namesOf(tx, earlier);
  const view = {
    subject,
    name: await nameOf(tx, subject),
    url: recordUrl(pages, subject),
    was: earlier.map(one => ({
      subject: one,
      name: names.get(subjectKey(one)) ?? one.id,
      url: recordUrl(pages, one),
    })),
    account: (await accountsOf(tx, [subject])).get(subjectKey(subject)) ?? null,
    history: await historyOf(tx, subject, earlier),
    states: [
      ...(gone ? [goneNotice(gone)] : []),
      ...(await objectionNotice(tx, [subject, ...earlier])),
      ...(await statesOf(tx, connection)),
    ],
    crmPages: pages,
  };
  if (gone?.erased)
    return { ...view, was: [], account: null, score: null, suggestion: null, memory: noMemory, oddities: [] };
  const decision = await newestDecision(tx, subject, earlier);
  const score = await latestScore(tx, subject, earlier);
  return {
    ...view,
    score: score && scoreView(score, await scoreBefore(tx, subject, score.scoredAt, earlier)),
    suggestion:
      decision && (await suggestionView(tx, scope, decision, await answeredAndWritten(tx, decision.id))),
    memory: await subjectMemory(
      tx,
      scope,
      {
        lives: [subject, ...earlier],
        account: view.account?.subject ?? null,
        decisionId: decision?.id ?? null,
      },
      now,
    ),
    oddities: (await flagsAbout(tx, subject, toInstant(now))).map(flag => ({
      text: flag.text,
      evidence: evidenceOfFlag(flag, subject),
    })),
  };
}

async function objectionNotice(tx: TenantTx, lives: readonly Subject[]): Promise<StateNotice[]> {
  const [objection] = await objectionsOf(tx, lives.filter(isPerson));
  if (!objection) return [];
  const text = `This person objected to profiling on ${objection.at.slice(0, 10)}: there is no score, and nothing is suggested.`;
  return [{ name: 'objection', level: 'info', text }];
}

const noMemory = { known: [], suggested: [], mayTeach: false };

const answeredAndWritten = async (tx: TenantTx, decisionId: string) => ({
  receipts: [...(await receiptsOf(tx, decisionId)), ...(await undoReceiptsOf(tx, decisionId))],
  answers: await answersTo(tx, decisionId),
});

const goneNotice = ({ at, erased }: { at: Instant; erased: boolean }): StateNotice => {
  const day = at.slice(0, 10);
  return {
    name: 'deleted',
    level: 'warning',
    text: erased
      ? `This person’s data was deleted for good in the CRM on ${day}: nothing is suggested, and nothing about them is shown here.`
      : `This record was deleted in the CRM on ${day}. Suggestions are possible again once it is restored.`,
  };
};

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
