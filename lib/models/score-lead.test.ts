import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Score, type FeatureRow } from '#lib/core/score.ts';
import { leadModelArtifact, learn, untrained, type LeadModelArtifact } from './lead-model.ts';
import { scoreLead } from './score-lead.ts';
import { rowWith, taskOf, trainedAt } from './testing.ts';

const now = '2026-03-10T09:30:00.000Z';
const task = taskOf(300);
const body = leadModelArtifact(learn(task), task, { horizonDays: 90, trainedAt });
const score = (row: FeatureRow, key: string, model: LeadModelArtifact = body) =>
  scoreLead({ hash: 'the model', body: model }, row, { key, now });
const rowOf = (key: string): FeatureRow => {
  const found = task.rows.find(row => row.key === key);
  if (!found) throw new Error(key);
  return found.row;
};
const anyRow = fc
  .record({
    replies: fc.option(fc.double({ noNaN: true, noDefaultInfinity: true })),
    silence: fc.option(fc.nat({ max: 400 })),
    source: fc.option(fc.string()),
  })
  .map(rowWith);

describe('the score of a lead', () => {
  it('is always a score: a share, a band and an interval around it, and at most three reasons each way', () => {
    fc.assert(
      fc.property(anyRow, fc.constantFrom(body, untrained({ trainedAt })), (row, model) => {
        const given = score(row, 'hubspot:contacts:new', model);
        expect(() => Score.parse(given)).not.toThrow();
        expect(given.low).toBeLessThanOrEqual(given.probability);
        expect(given.high).toBeGreaterThanOrEqual(given.probability);
        expect(given.value).toBe(Math.round(given.probability * 100));
        expect(given).toMatchObject({ model: 'the model', scoredAt: now, asOf: row.asOf });
        const { warm, hot } = model.bands;
        expect(given.band).toBe(
          given.probability >= hot ? 'hot' : given.probability >= warm ? 'warm' : 'cold',
        );
        expect(given.reasons.up.every(reason => reason.points > 0)).toBe(true);
        expect(given.reasons.down.every(reason => reason.points < 0)).toBe(true);
      }),
    );
  });

  it('is higher for who answers than for who is silent', () => {
    const warm = score(rowWith({ replies: 1, silence: 2, source: 'DIRECT' }), 'x');
    const cold = score(rowWith({ replies: -1, silence: 300, source: 'DIRECT' }), 'x');
    expect(warm.probability).toBeGreaterThan(cold.probability + 0.2);
    expect(warm.reasons.up[0]).toMatchObject({ text: 'replies is 1', evidence: [] });
    expect(cold.reasons.down.map(reason => reason.text)).toContain('replies is -1');
  });

  it('comes, for a lead that was learnt from, from the fold that did not see it', () => {
    if (body.learnt.kind !== 'glass-box') throw new Error(body.learnt.reason);
    const { learnt } = body;
    for (const key of body.trainedOn.slice(0, 25)) {
      const inside = score(rowOf(key), key);
      expect(inside.outOfFold).toBe(true);
      // Spoiling every model but one must not move it: only the fold without the lead speaks.
      const unmoved = learnt.folds.map((_, spared) => {
        const spoilt = {
          ...learnt,
          model: ruined(learnt.model),
          folds: learnt.folds.map((fold, k) => (k === spared ? fold : ruined(fold))),
        };
        return score(rowOf(key), key, { ...body, learnt: spoilt }).probability === inside.probability;
      });
      expect(unmoved.filter(Boolean)).toHaveLength(1);
    }
  });

  it('comes, for any other lead, from the model of all', () => {
    if (body.learnt.kind !== 'glass-box') throw new Error(body.learnt.reason);
    const { learnt } = body;
    const outside = score(rowOf(body.trainedOn[0] ?? ''), 'hubspot:contacts:new');
    expect(outside.outOfFold).toBe(false);
    const spoilt = { ...body, learnt: { ...learnt, folds: learnt.folds.map(ruined) } };
    expect(score(rowOf(body.trainedOn[0] ?? ''), 'hubspot:contacts:new', spoilt)).toEqual(outside);
  });

  it('is the rules’ alone, and says so, before anything was learnt', () => {
    const given = score(rowWith({ replies: 1 }), body.trainedOn[0] ?? '', untrained({ trainedAt }));
    expect(given).toMatchObject({ ownHistory: 0, outOfFold: false });
  });

  it('reads nothing of a lead that is not among its features', () => {
    const row = rowWith({ replies: 0.4, silence: 9, source: 'DIRECT' });
    const more = {
      ...row,
      features: { ...row.features, extra: { name: 'extra', value: 1e9, text: 'x', evidence: [] } },
    };
    expect(score(more, 'x')).toEqual(score(row, 'x'));
  });

  type Model = Extract<LeadModelArtifact['learnt'], { kind: 'glass-box' }>['model'];
  const ruined = (model: Model): Model => ({ ...model, intercept: model.intercept + 50 });
});
