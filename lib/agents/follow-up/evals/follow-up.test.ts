import { describe, expect, test } from 'vitest';
import { Suggestion } from '#lib/core/proposal.ts';
import { propose } from '#lib/agents/agents.ts';
import { buildFacts, buildInput } from './build.ts';
import { cases } from './cases.ts';

describe.each(cases)('$name', ({ facts, expect: expected }) => {
  test.each(['rules', 'hybrid', 'agent'] as const)('mode %s', async mode => {
    const input = buildInput(buildFacts(facts), { mode });
    const { suggestion, modelCalls } = await propose(input);
    expect(Suggestion.parse(suggestion)).toEqual(suggestion);
    expect(suggestion.outcome).toBe(expected.outcome);
    if (suggestion.outcome === 'abstain') {
      expect(expected).toHaveProperty('reason');
      if (expected.outcome === 'abstain') expect(suggestion.reason).toMatch(expected.reason);
      return;
    }
    if (expected.outcome !== 'propose') return;
    const [task] = suggestion.changes;
    if (task?.kind !== 'task') throw new Error('a follow-up is a task');
    expect(task.channel).toBe(expected.channel);
    expect(task.title).toMatch(expected.title);
    expect(task.ownerId).toBe('11');
    expect(suggestion.writtenBy).toBe('rules');
    expect(modelCalls).toHaveLength(mode === 'rules' ? 0 : 1);
    if (expected.due) expect(task.dueAt).toBe(expected.due);
    const text = task.draft?.body ?? task.body;
    for (const phrase of expected.says) expect(text).toMatch(phrase);
    if (task.draft) {
      const words = task.draft.body.split(/\s+/).length;
      expect(words).toBeGreaterThanOrEqual(55);
      expect(words).toBeLessThanOrEqual(135);
      expect(task.draft.subject).toMatch(/\S/);
      expect(suggestion.claims.length).toBeGreaterThan(0);
      for (const claim of suggestion.claims) {
        expect(claim.evidence.length).toBeGreaterThan(0);
        expect(task.draft.body).toContain(claim.text);
      }
    }
    expect(suggestion.why.some(claim => claim.evidence.length > 0)).toBe(true);
  });
});

test('the same record gives the same words, and records differ', async () => {
  const text = async (id: string) => {
    const { suggestion } = await propose(
      buildInput(
        buildFacts({
          id,
          touches: [{ channel: 'email', direction: 'out', days: 4, title: 'Route planning' }],
        }),
      ),
    );
    return suggestion.outcome === 'propose' && suggestion.changes[0]?.kind === 'task'
      ? suggestion.changes[0].draft?.body
      : null;
  };
  expect(await text('1')).toBe(await text('1'));
  expect(new Set(await Promise.all(['1', '2', '3', '4', '5', '6'].map(text))).size).toBeGreaterThan(1);
});
