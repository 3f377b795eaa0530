import { subjectKey, type Subject } from '#lib/core/subject.ts';
import { toInstant } from '#lib/core/time.ts';
import type { Verdict } from '#lib/core/verdict.ts';
import { enqueue } from '#lib/jobs/define.ts';
import type { TenantTx } from '#lib/platform/db.ts';
import { canonicalJson } from '#lib/platform/hash.ts';
import { newId } from '#lib/platform/ids.ts';
import { audit } from './ledger.ts';
import { leafHash, merkleRoot } from './merkle.ts';
import * as store from './store-scores.ts';
import type { ScoredSubject } from './store-scores.ts';

/** Adds scores to the history and makes each the newest of its subject, unless a later one is there already. */
export const recordScores = (
  tx: TenantTx,
  scored: readonly ScoredSubject[],
  runId: string | null,
): Promise<void> => store.insertScores(tx, scored, runId);

/** Begins a batch run; its rows follow with its id, and `finishRun` seals them. */
export async function startRun(
  tx: TenantTx,
  run: { kind: string; releaseId: string },
  now: Date,
): Promise<string> {
  const id = newId('run');
  await store.insertRun(tx, { id, ...run, startedAt: toInstant(now) });
  return id;
}

/**
 * Seals a run: one ledger entry with the Merkle root over its rows (canonical JSON of subject and score, ordered by
 * subject), however many there are.
 */
export async function finishRun(
  tx: TenantTx,
  actor: string,
  runId: string,
  now: Date,
): Promise<{ rows: number; root: string }> {
  const run = await store.runById(tx, runId);
  const rows = await store.scoresOfRun(tx, runId);
  const root = rootOfRows(rows);
  await store.closeRun(tx, runId, { rows: rows.length, root, finishedAt: toInstant(now) });
  await audit(tx, actor, now, {
    kind: 'run-finished',
    decisionId: null,
    public: { runId, runKind: run.kind, release: run.releaseId, rows: rows.length, root },
    private: {},
  });
  return { rows: rows.length, root };
}

/** Merkle root over rows, each the canonical JSON of what it holds, ordered by subject. */
function rootOfRows(rows: readonly { subject: Subject }[]): string {
  const leaves = rows
    .map(row => ({ key: subjectKey(row.subject), leaf: leafHash(canonicalJson(row)) }))
    .sort((a, b) => (a.key < b.key ? -1 : 1))
    .map(row => row.leaf);
  return merkleRoot(leaves);
}

/** Notes in the ledger that a batch of scores went into the CRM, and by whose leave: one entry, however many. */
export async function auditScoresWritten(
  tx: TenantTx,
  actor: string,
  batch: { written: readonly { subject: Subject }[]; refused: number; verdict: Verdict },
  now: Date,
): Promise<void> {
  const { effect, policies, reason, policySet } = batch.verdict;
  await audit(tx, actor, now, {
    kind: 'scores-written',
    decisionId: null,
    public: {
      count: batch.written.length,
      refused: batch.refused,
      root: rootOfRows(batch.written),
      effect,
      policies,
      reason,
      policySet,
    },
    private: {},
  });
  await enqueue(tx, 'sequence', {}, { key: tx.tenantId });
}
