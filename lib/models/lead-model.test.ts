import { describe, expect, it } from 'vitest';
import { leadModelArtifact, learn, untrained, type TrainingTask } from './lead-model.ts';
import { taskOf, trainedAt } from './testing.ts';

const made = (task: TrainingTask) => leadModelArtifact(learn(task), task, { horizonDays: 90, trainedAt });

describe('the lead model as an artifact', () => {
  const task = taskOf(200);
  const body = made(task);

  it('is the same for the same rows, bit for bit, and survives JSON', () => {
    expect(JSON.stringify(made(taskOf(200)))).toBe(JSON.stringify(body));
    expect(JSON.parse(JSON.stringify(body))).toEqual(body);
  });

  it('lists whom it learnt from, each once, in order', () => {
    expect(task.rows.length).toBeGreaterThan(body.trainedOn.length);
    expect(body.trainedOn).toEqual([...new Set(task.rows.map(row => row.key))].sort());
  });

  it('says what its number means, and where bands begin: hot at three times the average odds', () => {
    if (body.learnt.kind !== 'glass-box') throw new Error(body.learnt.reason);
    expect(body.meaning).toBe('Chance of becoming an opportunity within 90 days');
    const { warm, hot } = body.bands;
    expect(warm).toBe(body.learnt.baseRate);
    expect(hot / (1 - hot)).toBeCloseTo((3 * warm) / (1 - warm), 10);
  });

  it('counts for more the more leads it saw, and never for everything', () => {
    const shares = [60, 200, 800].map(leads => made(taskOf(leads)).ownHistory);
    expect(shares).toEqual([...shares].sort((a, b) => a - b));
    expect(shares[0]).toBeGreaterThan(0);
    expect(shares[2]).toBeLessThan(1);
  });

  it('does not look at what scoring may not use', () => {
    const wanted = task.features.filter(feature => feature.name !== 'noise');
    const learnt = learn({ ...task, features: wanted });
    if (learnt.kind !== 'glass-box') throw new Error(learnt.reason);
    expect(learnt.importance.flatMap(each => each.features)).not.toContain('noise');
  });

  it.each([
    ['nobody', 0, 'There are no closed leads to learn from yet.'],
    ['a few', 12, 'There are 12 closed leads; a model needs at least 40.'],
  ])('is the rules alone where there is %s to learn from', (_, leads, reason) => {
    const rows = taskOf(200).rows.slice(0, leads);
    const { learnt, ownHistory, bands } = made({ ...task, rows });
    expect(learnt).toMatchObject({ kind: 'too-little-data', reason });
    expect(ownHistory).toBe(0);
    expect(bands.hot).toBeGreaterThan(bands.warm);
  });

  it('is, before anything was learnt, what too little data gives', () => {
    expect(untrained({ trainedAt })).toEqual(made({ ...task, rows: [], features: [] }));
  });
});
