import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Score } from '#lib/core/score.ts';
import { isPerson, subjectKey, type Subject } from '#lib/core/subject.ts';
import { toInstant } from '#lib/core/time.ts';
import { rowsOf } from '#lib/platform/db.ts';
import { canonicalJson } from '#lib/platform/hash.ts';
import { openDemo, tenantId, type Demo } from '#lib/platform/testing/demo/open-demo.ts';
import { decide } from './decide.ts';
import { currentSchema, refreshFeatures } from './keep-features.ts';
import { rebuildFeatures } from './rebuild-features.ts';
import { run } from './run.ts';
import { stages as s } from './stages.ts';

describe('rebuilding features', () => {
  let demo: Demo;
  let people: Subject[];
  beforeAll(async () => {
    demo = await openDemo({ people: 12 });
    people = await demo.tenant(tx => s.graph.peopleOf(tx, { after: null, limit: 100 }));
  });
  afterAll(() => demo.close());

  const now = () => toInstant(demo.clock.now());
  const stored = async () =>
    demo.tenant(async tx => s.features.storedRows(tx, await currentSchema(tx), people, now()));
  const newest = async () => {
    const rows = await demo.tenant(tx => rowsOf(tx.sql, sql`select score from latest_scores`));
    return rows.map(row => row['score'] as Score);
  };

  it('goes on where it was cut off, and stores a fresh row of everybody', async () => {
    const dies = () => {
      throw new Error('cut off');
    };
    await expect(rebuildFeatures(demo.flow, tenantId, { batch: 2, onProgress: dies })).rejects.toThrow(
      'cut off',
    );
    expect((await stored()).size).toBe(4);
    const rest = await rebuildFeatures(demo.flow, tenantId, { batch: 2 });
    expect(rest).toEqual({ rows: people.length - 4, resumed: 4 });
    const rows = [...(await stored()).values()];
    expect(rows).toHaveLength(people.length);
    expect(rows.every(row => row.fresh)).toBe(true);
    expect(await rebuildFeatures(demo.flow, tenantId)).toEqual({ rows: people.length, resumed: 0 });
  });

  it('gives a run what it scores: the same scores as from the facts, as of when the features were derived', async () => {
    const derivedAt = now();
    demo.clock.tick(60_000);
    const { rows } = await run(demo.flow, demo.service);
    expect(rows).toBe(people.length);
    const fromStored = await newest();
    expect(new Set(fromStored.map(score => score.asOf))).toEqual(new Set([derivedAt]));
    expect(new Set(fromStored.map(score => score.scoredAt))).toEqual(new Set([now()]));
    const [release, facts] = await demo.tenant(async tx => [
      await currentSchema(tx),
      await s.graph.factsAboutMany(tx, people, derivedAt),
    ]);
    const model = (await demo.tenant(tx => s.releases.current(tx))).artifact('lead-model');
    const anew = facts.map(one =>
      s.models.scoreLead(
        model as Parameters<typeof s.models.scoreLead>[0],
        s.features.derive(release.reads(one), release.body, derivedAt),
        { key: subjectKey(one.subject), now: now() },
      ),
    );
    const inOrder = (scores: readonly Score[]) => scores.map(score => canonicalJson(score)).toSorted();
    expect(inOrder(fromStored)).toEqual(inOrder(anew));
  });

  it('a decision and a change that was heard of bring a row up to date', async () => {
    const [person] = people.filter(isPerson);
    if (!person) throw new Error('nobody');
    const rowOf = async () => [...(await stored()).values()].find(({ subject }) => subject.id === person.id);
    await demo.tenant(tx => s.features.noteChanges(tx, [person]));
    expect((await rowOf())?.fresh).toBe(false);
    demo.clock.tick(1000);
    const trigger = { task: 'follow-up', subject: person, events: ['one'], at: now() } as const;
    await decide(demo.flow, demo.service, { kind: 'record-changed', ...trigger, events: ['one'] });
    expect(await rowOf()).toMatchObject({ fresh: true, row: { asOf: now() } });
    await demo.tenant(tx => s.features.noteChanges(tx, [person]));
    demo.clock.tick(1000);
    expect(await refreshFeatures(demo.flow, tenantId, [person])).toBe(1);
    expect(await rowOf()).toMatchObject({ fresh: true, row: { asOf: now() } });
  });
});
