import type { Scope } from '#lib/core/scope.ts';
import { subjectKey, type Subject } from '#lib/core/subject.ts';
import { daysBetween, toInstant, type Instant } from '#lib/core/time.ts';
import { enqueue } from '#lib/jobs/define.ts';
import type { TenantTx } from '#lib/platform/db.ts';
import type { DerivedRow } from './features/features.ts';
import type { Flow } from './flow.ts';
import { goneMeanwhile, rowsToScore, schemaOf, type NewRow, currentSchema } from './keep-features.ts';
import { objectedPeople } from './objection.ts';
import { bindRelease, type BoundRelease } from './release.ts';
import { stages, type Stages } from './stages.ts';
import { askToWrite, keepForCrm } from './write-scores.ts';

const page = 200;
/** A lead scored for the first time is looked at when it is not cold, or something happened in this many days. */
const aliveDays = 30;

/**
 * Many at once: scores every person with the release in force, in pages, and enters the ledger as one manifest. Features
 * are those that are stored, where nothing was learnt since and they are no older than a day; a score's `asOf` is theirs.
 * Decisions follow only where the band of an open lead changed (or is new), so that a full re-score does not flood
 * anybody. Returns the number of rows and of decisions that it asked for.
 */
export async function run(
  flow: Flow,
  scope: Scope,
  s: Stages = stages,
): Promise<{ rows: number; decisions: number }> {
  const { tenantId } = scope;
  const release = await flow.db.tenant(tenantId, async tx => bindRelease(await s.releases.current(tx)));
  const started = flow.now();
  const runId = await flow.db.tenant(tenantId, tx =>
    s.decisions.startRun(tx, { kind: 'score people', releaseId: release.release.id }, started),
  );
  const objected = await flow.db.tenant(tenantId, tx => objectedPeople(tx, s));
  let decisions = 0;
  for (let after: Subject | null = null, more = true; more;) {
    const done: Page = await flow.db.reading(tenantId, async tx => {
      const subjects = await s.graph.peopleOf(tx, { after, limit: page });
      // Not before the first statement, which fixes the state that is read.
      const now = flow.now();
      const free = subjects.filter(one => !objected.has(subjectKey(one)));
      return { now, subjects, ...(await rowsToScore(tx, free, schemaOf(release), toInstant(now), s)) };
    });
    decisions += await flow.db.tenant(tenantId, tx => scorePage(tx, done, { release, runId, s }));
    after = done.subjects.at(-1) ?? null;
    more = done.subjects.length === page;
  }
  const { rows } = await flow.db.tenant(tenantId, async tx => {
    const finished = await s.decisions.finishRun(tx, scope.actor.id, runId, flow.now());
    // Rows of schemas that are no longer in force would be kept for ever.
    await s.features.keepSchemas(tx, [(await currentSchema(tx, s)).hash]);
    await enqueue(tx, 'sequence', {}, { key: tenantId });
    await askToWrite(tx, flow.now());
    return finished;
  });
  return { rows, decisions };
}

interface Page {
  now: Date;
  subjects: Subject[];
  rows: DerivedRow[];
  anew: NewRow[];
}

async function scorePage(
  tx: TenantTx,
  { now, subjects, rows, anew }: Page,
  { release, runId, s }: { release: BoundRelease; runId: string; s: Stages },
): Promise<number> {
  if (subjects.length === 0) return 0;
  const asOf = toInstant(now);
  const before = await scoresBefore(tx, subjects, asOf, s);
  const out = await goneMeanwhile(tx, subjects, s);
  const stays = ({ subject }: DerivedRow): boolean => !out.has(subjectKey(subject));
  await s.features.storeRows(
    tx,
    schemaOf(release),
    anew.filter(row => stays(row)),
  );
  const scored = rows.filter(stays).map(({ subject, row, open, lastTouchAt }) => ({
    subject,
    score: s.models.scoreLead(
      release.leadModel,
      s.features.featuresFor(row, release.featureSchema, 'scoring'),
      { key: subjectKey(subject), now: asOf },
    ),
    open,
    alive: lastTouchAt !== null && daysBetween(lastTouchAt, asOf) <= aliveDays,
  }));
  await s.decisions.recordScores(tx, scored, runId);
  await keepForCrm(tx, scored, s);
  const turned = scored.filter(({ subject, score, open, alive }) => {
    const was = before.get(subjectKey(subject)) ?? null;
    return open && (was ? was.band !== score.band : score.band !== 'cold' || alive);
  });
  for (const { subject } of turned)
    await enqueue(
      tx,
      'decide',
      { kind: 'band-changed', task: 'follow-up', subject, events: [runId], at: asOf },
      { key: subjectKey(subject) },
    );
  return turned.length;
}

/** The newest score of each; where it has none, of what it was before. */
async function scoresBefore(tx: TenantTx, subjects: readonly Subject[], asOf: Instant, s: Stages) {
  const earlier = await s.graph.earlierLivesOf(tx, subjects, asOf);
  const scores = await s.decisions.newestScores(tx, [...subjects, ...[...earlier.values()].flat()]);
  for (const [key, lives] of earlier) {
    const known = lives.flatMap(life => scores.get(subjectKey(life)) ?? []);
    const [first] = known;
    if (first && !scores.has(key)) scores.set(key, first);
  }
  return scores;
}
