import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { run } from './run.ts';
import { stages, type Stages } from './stages.ts';
import { train } from './train.ts';
import { valueOf, type Facts } from '#lib/core/fact.ts';
import { parseSubjectKey, subjectKey } from '#lib/core/subject.ts';
import { DAY_MS, daysBetween, toInstant, type Instant } from '#lib/core/time.ts';
import { latestScore } from '#lib/decisions/read.ts';
import { leadModelArtifact, learn, type LeadModelArtifact, type TrainingTask } from '#lib/models/models.ts';
import { openDemo, type Demo } from '#lib/platform/testing/demo/open-demo.ts';

describe('train', () => {
  let demo: Demo;
  let task: TrainingTask;
  /** What the features of each training row were made from. */
  const seen: { facts: Facts; asOf: Instant }[] = [];
  /** Every lead as it is known now. */
  let leads: Map<string, Facts>;

  beforeAll(async () => {
    demo = await openDemo({ people: 120 });
    await demo.newLead();
    demo.clock.tick(60_000);
    const watching: Stages = {
      ...stages,
      features: {
        ...stages.features,
        derive: (facts, schema, asOf) => {
          seen.push({ facts, asOf });
          return stages.features.derive(facts, schema, asOf);
        },
      },
    };
    await train(
      demo.flow,
      demo.service,
      given => {
        task = given;
        return Promise.resolve(learn(given));
      },
      watching,
    );
    const all = await demo.tenant(async tx => {
      const subjects = await stages.graph.subjectsOf(tx, 'contacts', { after: null, limit: 1000 });
      return stages.graph.factsAboutMany(tx, subjects, toInstant(demo.clock.now()), 'as-recorded');
    });
    leads = new Map(all.map(facts => [subjectKey(facts.subject), facts]));
  });
  afterAll(() => demo.close());

  const scoringRow: typeof stages.features.derive = (facts, schema, asOf) =>
    stages.features.featuresFor(stages.features.derive(facts, schema, asOf), schema, 'scoring');
  const inForce = () => demo.tenant(tx => stages.releases.current(tx));

  const schemaInForce = async () =>
    (await inForce()).artifact('feature-schema')?.body as Parameters<typeof stages.features.derive>[1];

  it('puts a model in force that was learnt from the tenant’s own leads', async () => {
    const { release, artifact } = await inForce();
    const model = artifact('lead-model')?.body as LeadModelArtifact;
    expect(release.name).toContain('lead model of 2026-03-10');
    expect(model.learnt.kind).toBe('glass-box');
    expect(model.trainedOn).toEqual([...new Set(task.rows.map(row => row.key))].sort());
    expect(model.ownHistory).toBeGreaterThan(0);
    expect(demo.jobs.take('run')).toHaveLength(1);
  });

  it('leaves out leads that are too young to have an outcome', () => {
    const now = toInstant(demo.clock.now());
    const young = [...leads.values()].filter(
      lead =>
        stages.features.leadOutcome(lead, now).state === 'open' && daysBetween(lead.createdAt, now) < 91,
    );
    expect(young.length).toBeGreaterThan(3);
    const learntFrom = new Set(task.rows.map(row => row.key));
    for (const lead of young) expect(learntFrom.has(subjectKey(lead.subject))).toBe(false);
  });

  it('calls won who became an opportunity in the 90 days after the landmark, and nobody else', () => {
    const now = toInstant(demo.clock.now());
    for (const { key, row, won } of task.rows) {
      const lead = leads.get(key);
      if (!lead) throw new Error(`${key} is not known`);
      const outcome = stages.features.leadOutcome(lead, now);
      const horizon = toInstant(new Date(row.asOf).getTime() + 90 * DAY_MS);
      expect(won, key).toBe(outcome.state === 'won' && outcome.at <= horizon);
      if (outcome.state === 'open') expect(horizon <= now).toBe(true);
      else expect(row.asOf <= outcome.at).toBe(true);
    }
    expect(task.rows.some(row => row.won) && task.rows.some(row => !row.won)).toBe(true);
  });

  it('sees of a lead nothing that came after its landmark', () => {
    expect(seen).toHaveLength(task.rows.length);
    for (const { facts, asOf } of seen) {
      const known = [facts, facts.account, ...facts.deals, ...facts.people].flatMap(each =>
        Object.values(each?.fields ?? {}),
      );
      for (const fact of [...known, ...facts.history])
        expect(fact.at <= asOf && fact.learntAt <= asOf, `${facts.subject.id} ${fact.name}`).toBe(true);
      for (const touch of facts.touches)
        expect(touch.learntAt <= asOf, `${facts.subject.id} ${touch.ref.object}`).toBe(true);
    }
  });

  it('sees a lead as the CRM’s own times say it stood then, however much was learnt since', async () => {
    const { artifact } = await inForce();
    const schema = artifact('feature-schema')?.body as Parameters<typeof stages.features.derive>[1];
    const sample = task.rows.filter((_, i) => i % 9 === 0);
    for (const { key, row } of sample) {
      const then = await demo.tenant(tx =>
        stages.graph.factsAbout(tx, parseSubjectKey(key), row.asOf, 'as-recorded'),
      );
      if (daysBetween(then.createdAt, row.asOf) >= 1) expect(scoringRow(then, schema, row.asOf)).toEqual(row);
    }
  });

  it('learns from what its schema allows for scoring, and from nothing else', async () => {
    const { features } = await schemaInForce();
    const allowed = features.filter(feature => feature.uses.includes('scoring')).map(feature => feature.name);
    expect(task.features.map(feature => feature.name)).toEqual(allowed);
    for (const { row } of task.rows) expect(Object.keys(row.features).sort()).toEqual([...allowed].sort());
  });

  it('tells apart kinds of account that the tenant has, and names each of its leads’ accounts as one', async () => {
    const { personas } = await schemaInForce();
    const names = personas?.map(persona => persona.name) ?? [];
    expect(names.length).toBeGreaterThan(1);
    for (const { row } of task.rows) expect(names).toContain(row.features['account_persona']?.value);
  });

  it('learns from no field that is written after the outcome', async () => {
    const names = task.features.map(feature => feature.name);
    expect(names.length).toBeGreaterThan(10);
    for (const name of ['lifecyclestage', 'hs_lead_status', 'hubspot_owner_id'])
      expect(names.filter(each => each.includes(name))).toEqual([]);
    expect([...leads.values()].some(lead => valueOf(lead, 'hs_lead_status') !== null)).toBe(true);
  });

  it('scores who it learnt from by the fold that did not see them', async () => {
    demo.clock.tick(1000);
    await run(demo.flow, demo.service);
    const learntFrom = new Set(task.rows.map(row => row.key));
    let others = 0;
    for (const { subject } of leads.values()) {
      const score = await demo.tenant(tx => latestScore(tx, subject));
      expect(score?.outOfFold, subject.id).toBe(learntFrom.has(subjectKey(subject)));
      if (!learntFrom.has(subjectKey(subject))) others += 1;
    }
    expect(others).toBeGreaterThan(0);
  });

  it('gives the same model for the same leads', () => {
    const of = (body: TrainingTask) =>
      leadModelArtifact(learn(body), body, { horizonDays: 90, trainedAt: toInstant(demo.clock.now()) });
    expect(of(structuredClone(task))).toEqual(of(task));
  });

  it('sees the past of a lead alike, however much it did afterwards', async () => {
    const [won] = task.rows.filter(row => row.won);
    const early = task.rows.filter(row => row.key === won?.key);
    const subject = parseSubjectKey(won?.key ?? '');
    const now = demo.clock.now();
    const after = Array.from({ length: 700 }, (_, i) => ({
      id: `late-${i}`,
      subject,
      source: 'product' as const,
      type: 'report_exported',
      at: toInstant(now.getTime() - i * 1000),
      properties: {},
    }));
    const before = {
      id: 'early',
      subject,
      source: 'marketing' as const,
      type: 'form_submitted',
      at: toInstant(new Date(early.at(-1)?.row.asOf ?? now).getTime() - 1000),
      properties: {},
    };
    const retrain = async (events: typeof after | [typeof before]) => {
      await demo.tenant(tx => stages.graph.keepInteractions(tx, events, toInstant(now)));
      let rows: TrainingTask['rows'] = [];
      await train(demo.flow, demo.service, given => {
        rows = given.rows.filter(row => row.key === won?.key);
        return Promise.resolve(learn({ ...given, rows: [] }));
      });
      return rows.map(({ row }) => row.features);
    };
    const withOne = await retrain([before]);
    expect(withOne).not.toEqual(early.map(({ row }) => row.features));
    expect(await retrain(after)).toEqual(withOne);
  });

  it('falls back to the rules, and says why, where there is too little to learn from', async () => {
    const none: Stages = {
      ...stages,
      features: { ...stages.features, leadOutcome: () => ({ state: 'open' }) },
    };
    await train(demo.flow, demo.service, given => Promise.resolve(learn({ ...given, rows: [] })), none);
    const model = (await inForce()).artifact('lead-model')?.body as LeadModelArtifact;
    expect(model.learnt).toMatchObject({
      kind: 'too-little-data',
      reason: 'There are no closed leads to learn from yet.',
    });
    expect(model.ownHistory).toBe(0);
  });
});
