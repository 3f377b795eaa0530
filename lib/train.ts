import { mostInteractions, mostTouches, valueOf, type Facts } from '#lib/core/fact.ts';
import type { Scope } from '#lib/core/scope.ts';
import { subjectKey, type Subject } from '#lib/core/subject.ts';
import { DAY_MS, daysBetween, toInstant, type Instant } from '#lib/core/time.ts';
import { enqueue } from '#lib/jobs/define.ts';
import type { TenantTx } from '#lib/platform/db.ts';
import type { Flow } from './flow.ts';
import type { FeatureSchema } from './features/features.ts';
import type { LeadModelArtifact, TrainingRow, TrainingTask } from './models/models.ts';
import { objectedPeople } from './objection.ts';
import { readFor } from './read-for.ts';
import { bindRelease, release } from './release.ts';
import { stages, type Stages } from './stages.ts';

/** A lead counts as won when it becomes an opportunity or customer within this many days. */
const horizonDays = 90;
/** Ages in days at which a closed lead is looked at as it then stood (landmarking, van Houwelingen 2007). */
const landmarks = [1, 7, 21, 45] as const;
const page = 200;

/** Learns from rows; the caller runs it where it does not hold up anything else. */
export type Trainer = (task: TrainingTask) => Promise<LeadModelArtifact['learnt']>;

/**
 * Learns the lead model from the tenant's own closed leads, as each stood at its landmarks and no later, and puts it in
 * force as a release. Leads too young to have an outcome are left out, not called lost. Then a run re-scores everybody.
 */
export async function train(flow: Flow, scope: Scope, trainer: Trainer, s: Stages = stages): Promise<void> {
  const { tenantId } = scope;
  const { inForce, definitions } = await flow.db.tenant(tenantId, async tx => ({
    inForce: bindRelease(await s.releases.current(tx)),
    definitions: await s.graph.propertyDefinitions(tx),
  }));
  const unfitted = s.features.schemaFor(definitions, inForce.settings);
  const reads = (facts: Facts): Facts => readFor('training', facts, inForce, s).facts;
  const collected = await collect(flow, tenantId, { schema: unfitted, reads }, s);
  const schema = s.features.withPersonasOf(
    unfitted,
    collected.map(({ row }) => row),
    inForce.featureSchema,
  );
  const rows = collected.map(one => ({ ...one, row: s.features.inPersonasOf(schema, one.row) }));
  const task = { rows, features: scoringFeatures(schema), seed: 7 };
  const body = s.models.leadModelArtifact(await trainer(task), task, {
    horizonDays,
    trainedAt: toInstant(flow.now()),
  });
  await flow.db.tenant(tenantId, async tx => {
    await release(
      tx,
      scope,
      {
        name: `lead model of ${toInstant(flow.now()).slice(0, 10)}`,
        artifacts: [
          { kind: 'feature-schema', name: `features ${schema.version}`, body: schema },
          { kind: 'lead-model', name: `lead model, ${rows.length} rows`, body },
        ],
      },
      flow.now(),
      s,
    );
    await enqueue(tx, 'run', { reason: 'a new lead model is in force' }, { key: tenantId });
  });
}

/** What the learner may see: features whose schema allows scoring. */
const scoringFeatures = (schema: FeatureSchema): TrainingTask['features'] =>
  schema.features
    .filter(feature => feature.uses.includes('scoring'))
    .map(({ name, kind, monotone }) => ({ name, kind, ...(monotone ? { monotone } : {}) }));

/** What is derived, and what of the facts policy lets training read. */
interface Way {
  schema: FeatureSchema;
  reads: (facts: Facts) => Facts;
}

async function collect(flow: Flow, tenantId: string, way: Way, s: Stages): Promise<TrainingRow[]> {
  const objected = await flow.db.tenant(tenantId, tx => objectedPeople(tx, s));
  const now = toInstant(flow.now());
  const rows: TrainingRow[] = [];
  for (let after: Subject | null = null, more = true; more;) {
    const subjects: Subject[] = await flow.db.tenant(tenantId, async tx => {
      const found = await s.graph.peopleOf(tx, { after, limit: page });
      const free = found.filter(one => !objected.has(subjectKey(one)));
      const leads = await s.graph.factsAboutMany(tx, free, now, 'as-recorded');
      for (const lead of leads) rows.push(...(await rowsOf(tx, lead, way, now, s)));
      return found;
    });
    after = subjects.at(-1) ?? null;
    more = subjects.length === page;
  }
  return rows;
}

/**
 * A lead as it stood at a time. One with more activities or events than facts hold is read again: of all that it has by now
 * only the newest were read, and a row that lacks the others because of what came later would tell the outcome.
 */
async function stoodAt(tx: TenantTx, lead: Facts, asOf: Instant, s: Stages): Promise<Facts> {
  const isWhole = lead.touches.length < mostTouches && lead.interactions.length < mostInteractions;
  return isWhole ? s.graph.rewind(lead, asOf) : s.graph.factsAbout(tx, lead.subject, asOf, 'as-recorded');
}

/** A lead at each of its landmarks, with what became of it within the horizon after. */
async function rowsOf(
  tx: TenantTx,
  lead: Facts,
  { schema, reads }: Way,
  now: Instant,
  s: Stages,
): Promise<TrainingRow[]> {
  const outcome = s.features.leadOutcome(lead, now);
  const row = (then: Facts, asOf: Instant, won: boolean): TrainingRow => ({
    key: subjectKey(lead.subject),
    row: s.features.featuresFor(s.features.derive(reads(then), schema, asOf), schema, 'scoring'),
    won,
  });
  if (outcome.state !== 'open' && daysBetween(lead.createdAt, outcome.at) < landmarks[0]) {
    // It came with its outcome. Without a lead status nobody worked it as a lead; with one it was imported, and there
    // is no "before" to look at but what it came with.
    if (valueOf(lead, 'hs_lead_status') === null) return [];
    const intake = { ...s.graph.rewind(lead, outcome.at), touches: [], interactions: [] };
    return [row(intake, outcome.at, outcome.state === 'won')];
  }
  const rows: TrainingRow[] = [];
  for (const age of landmarks) {
    const at = new Date(lead.createdAt).getTime() + age * DAY_MS;
    const asOf = toInstant(at);
    const horizon = toInstant(at + horizonDays * DAY_MS);
    if (asOf >= now || (outcome.state !== 'open' && outcome.at <= asOf)) continue;
    if (outcome.state === 'open' && horizon > now) continue;
    const won = outcome.state === 'won' && outcome.at <= horizon;
    rows.push(row(await stoodAt(tx, lead, asOf, s), asOf, won));
  }
  return rows;
}
