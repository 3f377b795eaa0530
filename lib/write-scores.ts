import type { Score } from '#lib/core/score.ts';
import type { Scope } from '#lib/core/scope.ts';
import { isPerson, subjectKey, type Subject } from '#lib/core/subject.ts';
import { toInstant } from '#lib/core/time.ts';
import type { Verdict } from '#lib/core/verdict.ts';
import { connectionOf } from '#lib/crm/read.ts';
import { openSession } from '#lib/crm/session.ts';
import { enqueue } from '#lib/jobs/define.ts';
import type { TenantTx } from '#lib/platform/db.ts';
import type { Flow } from './flow.ts';
import { bindRelease } from './release.ts';
import { stages, type Stages } from './stages.ts';

/** As many as the larger of the CRMs' requests takes. */
const batchSize = 200;
/** Batches of one job, which then makes way for other work and asks for the next. */
const batchesATurn = 10;
/** Scores come in clusters: who waits a moment writes them together. */
const gatherMs = 2000;

type Scored = { subject: Subject; score: Score };
type ScoreRow = Awaited<ReturnType<Stages['writeback']['dueScores']>>[number];

/** Asks for scores to be brought into the CRM soon, once for all that come until then. */
export const askToWrite = (tx: TenantTx, now: Date): Promise<void> =>
  enqueue(
    tx,
    'write-scores',
    {},
    { key: tx.tenantId, startAfter: new Date(now.getTime() + gatherMs), priority: -1 },
  );

/** Keeps what the CRM's own score fields are to say; says whether that is far enough from what they say now. */
export const keepForCrm = (tx: TenantTx, scored: readonly Scored[], s: Stages): Promise<boolean> =>
  s.writeback.wantScores(
    tx,
    scored
      // Who came from a file has no record in a CRM.
      .filter(({ subject }) => subject.crm !== 'csv')
      .map(({ subject, score: { value, band, scoredAt } }) => ({ subject, score: value, band, scoredAt })),
  );

/** As `keepForCrm`, and asks for it to be written where it is. */
export async function showInCrm(
  tx: TenantTx,
  scored: readonly Scored[],
  now: Date,
  s: Stages,
): Promise<void> {
  if (await keepForCrm(tx, scored, s)) await askToWrite(tx, now);
}

/**
 * Stored scores → the CRM's own score fields, where the band changed or the score moved by three points or more since
 * they were last written. A batch at a time, each judged first, and as much as one job should do: what is left has a job
 * of its own then. A batch that was written and not noted is written again, which changes nothing. Throws AppError where
 * the CRM as a whole does not answer or lets nobody in; what it refuses of single scores is noted with its words.
 */
export async function writeScores(
  flow: Flow,
  scope: Scope,
  s: Stages = stages,
): Promise<{ written: number; refused: number }> {
  const { tenantId } = scope;
  const total = { written: 0, refused: 0 };
  for (let turn = 0; turn < batchesATurn; turn++) {
    const batch = await flow.db.tenant(tenantId, tx => nextBatch(tx, scope, flow.now(), s));
    if (batch === null) return total;
    const { written, refused } = await writeBatch(flow, scope, batch, s);
    total.written += written;
    total.refused += refused;
  }
  await flow.db.tenant(tenantId, tx => askToWrite(tx, flow.now()));
  return total;
}

interface Batch {
  rows: ScoreRow[];
  verdict: Verdict;
}

/** Null where nothing is due, or policy does not let it go out now: it waits until an admin turns it on. */
async function nextBatch(tx: TenantTx, scope: Scope, now: Date, s: Stages): Promise<Batch | null> {
  const { settings, policySet } = bindRelease(await s.releases.current(tx));
  const verdict = s.policy.mayWriteScores(scope, settings, policySet);
  const crm = (await connectionOf(tx))?.crm;
  if (verdict.effect !== 'allow' || crm === undefined) return null;
  for (;;) {
    const due = await s.writeback.dueScores(tx, crm, batchSize);
    if (due.length === 0) return null;
    const rows = await withRecords(tx, due, now, s);
    if (rows.length > 0) return { rows, verdict };
  }
}

/** Those of whom the CRM has a record. Who lives on as another leaves their score to that one; the rest is forgotten. */
async function withRecords(
  tx: TenantTx,
  due: readonly ScoreRow[],
  now: Date,
  s: Stages,
): Promise<ScoreRow[]> {
  const subjects = due.map(({ subject }) => subject);
  const heirs = await s.graph.heirsOf(tx, subjects, toInstant(now));
  const live = await s.graph.liveAmong(tx, subjects);
  const stays = ({ subject }: ScoreRow): boolean =>
    live.has(subjectKey(subject)) && !heirs.has(subjectKey(subject));
  const left = due.filter(row => !stays(row));
  await s.writeback.forgetScores(
    tx,
    left.map(({ subject }) => subject),
  );
  await s.writeback.passOnScores(
    tx,
    left.flatMap(row => {
      const subject = heirs.get(subjectKey(row.subject));
      return subject && isPerson(subject) ? [{ ...row, subject }] : [];
    }),
  );
  return due.filter(stays);
}

async function writeBatch(
  flow: Flow,
  scope: Scope,
  { rows, verdict }: Batch,
  s: Stages,
): Promise<{ written: number; refused: number }> {
  const { tenantId, actor } = scope;
  const writer = s.writeback.openWriter(
    await openSession(flow.db, tenantId, {
      key: flow.sealingKey,
      clock: flow.now,
      urgency: 'background',
    }),
  );
  const { written, refused } = await s.writeback.sendScores(writer, rows);
  const now = flow.now();
  await flow.db.tenant(tenantId, async tx => {
    await s.writeback.confirmScores(tx, written, toInstant(now));
    await s.writeback.refuseScores(tx, refused, toInstant(now));
    await s.decisions.auditScoresWritten(tx, actor.id, { written, refused: refused.length, verdict }, now);
  });
  return { written: written.length, refused: refused.length };
}
