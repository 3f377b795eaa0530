import { eq, sql } from 'drizzle-orm';
import { latestScores, runs, scores } from '#drizzle/schema/decisions.ts';
import type { Band, Score } from '#lib/core/score.ts';
import { subjectKey, type Subject, type SubjectKey } from '#lib/core/subject.ts';
import type { Instant } from '#lib/core/time.ts';
import type { TenantTx } from '#lib/platform/db.ts';
import { isAbout } from './store.ts';

export interface ScoredSubject {
  subject: Subject;
  score: Score;
}

export async function insertScores(
  tx: TenantTx,
  scored: readonly ScoredSubject[],
  runId: string | null,
): Promise<void> {
  for (let from = 0; from < scored.length; from += 500) {
    const rows = scored.slice(from, from + 500).map(({ subject, score }) => ({
      tenantId: tx.tenantId,
      crm: subject.crm,
      object: subject.object,
      recordId: subject.id,
      scoredAt: score.scoredAt,
      score,
      runId,
    }));
    await tx.sql.insert(scores).values(rows).onConflictDoNothing();
    await tx.sql
      .insert(latestScores)
      .values(
        rows.map(({ runId: _, ...row }) => ({
          ...row,
          value: row.score.value,
          band: row.score.band,
          probability: row.score.probability,
        })),
      )
      .onConflictDoUpdate({
        target: [latestScores.tenantId, latestScores.crm, latestScores.object, latestScores.recordId],
        set: {
          value: sql`excluded.value`,
          band: sql`excluded.band`,
          probability: sql`excluded.probability`,
          scoredAt: sql`excluded.scored_at`,
          score: sql`excluded.score`,
        },
        setWhere: sql`${latestScores.scoredAt} <= excluded.scored_at`,
      });
  }
}

export async function insertRun(
  tx: TenantTx,
  run: { id: string; kind: string; releaseId: string; startedAt: Instant },
): Promise<void> {
  await tx.sql.insert(runs).values({ tenantId: tx.tenantId, ...run, state: 'running', rows: 0 });
}

export async function runById(tx: TenantTx, id: string) {
  const [run] = await tx.sql.select().from(runs).where(eq(runs.id, id));
  if (!run) throw new Error(`run ${id} was not started`);
  return run;
}

export async function scoresOfRun(tx: TenantTx, runId: string): Promise<ScoredSubject[]> {
  const rows = await tx.sql.select().from(scores).where(eq(scores.runId, runId));
  return rows.map(row => ({
    subject: { crm: row.crm, object: row.object, id: row.recordId } as Subject,
    score: row.score,
  }));
}

export async function closeRun(
  tx: TenantTx,
  id: string,
  end: { rows: number; root: string; finishedAt: Instant },
): Promise<void> {
  await tx.sql
    .update(runs)
    .set({ state: 'done', ...end })
    .where(eq(runs.id, id));
}

/** Value and band of those that have a score. */
export async function newestScores(
  tx: TenantTx,
  subjects: readonly Subject[],
): Promise<Map<SubjectKey, { value: number; band: Band }>> {
  if (subjects.length === 0) return new Map();
  const rows = await tx.sql
    .select({
      crm: latestScores.crm,
      object: latestScores.object,
      id: latestScores.recordId,
      value: latestScores.value,
      band: latestScores.band,
    })
    .from(latestScores)
    .where(isAbout(latestScores, subjects));
  return new Map(
    rows.map(({ value, band, ...subject }) => [subjectKey(subject as Subject), { value, band }]),
  );
}
