import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Change } from '#lib/core/proposal.ts';
import { Role } from '#lib/core/scope.ts';
import { defaultSettings } from '#lib/core/settings.ts';
import { assignment, autonomous, field, note, scopeOf, shipped, task } from './examples.ts';
import { type JudgeContext, judge } from './policy.ts';

describe('with any context', () => {
  const role = fc.constantFrom(...Role.options);
  const ownerId = fc.option(fc.constantFrom('11', '12'));
  const change = fc.constantFrom<Change>(task, { ...task, draft: null }, note, field, assignment);
  const scope = fc.record({ role, ownerId }).map(who => scopeOf(who.role, who.ownerId));
  const context: fc.Arbitrary<JudgeContext> = fc.record({
    scope,
    moment: fc.constantFrom('propose', 'apply', 'undo'),
    settings: fc
      .record({
        writes: fc.record({
          task: fc.boolean(),
          note: fc.boolean(),
          field: fc.boolean(),
          score: fc.boolean(),
          assignment: fc.boolean(),
        }),
        killSwitch: fc.boolean(),
        touchesPerWeek: fc.integer({ min: 0, max: 50 }),
      })
      .map(some => ({ ...defaultSettings, ...some })),
    confidence: fc.double({ min: 0, max: 1, noNaN: true }),
    subjectOwnerId: ownerId,
    optedOut: fc.boolean(),
    guardrailsPassed: fc.boolean(),
    factsAgeHours: fc.oneof(fc.double({ min: 0, noNaN: true }), fc.constant(Number.POSITIVE_INFINITY)),
    injectionSignal: fc.boolean(),
    approval: fc.option(
      fc.record({
        by: scope.map(one => one.actor),
        changesHash: fc.string(),
        coversHash: fc.boolean(),
        approvedAt: fc.constant('2026-11-20T09:00:00.000Z'),
      }),
    ),
    touchesThisWeek: fc.integer({ min: 0, max: 60 }),
  });
  const policySet = fc.constantFrom(shipped, autonomous);

  it('nothing that is switched off, opted out of or asked by an auditor gets through', () => {
    fc.assert(
      fc.property(change, context, policySet, (change, context, policySet) => {
        const { effect, reason } = judge(change, context, policySet);
        expect(reason).not.toMatch(/^$|cannot/);
        const stopped =
          context.settings.killSwitch ||
          !context.settings.writes[change.kind] ||
          context.scope.actor.role === 'auditor' ||
          (context.moment !== 'undo' && !context.guardrailsPassed) ||
          (context.moment !== 'undo' &&
            change.kind === 'task' &&
            (context.optedOut || context.touchesThisWeek >= context.settings.touchesPerWeek));
        if (stopped) expect(effect).toBe('deny');
      }),
      { numRuns: 1000 },
    );
  });

  it('at apply nothing passes without a covering approval of who may, unless it may go unattended', () => {
    fc.assert(
      fc.property(change, context, policySet, (change, some, policySet) => {
        const context = { ...some, moment: 'apply' as const };
        const { effect } = judge(change, context, policySet);
        expect(effect).not.toBe('ask');
        const by = context.approval?.coversHash ? context.approval.by : null;
        // A person who applies in person is judged by the role of now.
        const approver = by?.id === context.scope.actor.id ? context.scope.actor : by;
        const owns = context.subjectOwnerId === null || approver?.ownerId === context.subjectOwnerId;
        const approved =
          approver?.role === 'manager' ||
          approver?.role === 'admin' ||
          (approver?.role === 'rep' && owns && (change.kind === 'task' || change.kind === 'note'));
        const unattended =
          policySet === autonomous && change.kind === 'note' && context.confidence >= 0.89995;
        if (!approved && !unattended) expect(effect).toBe('deny');
      }),
      { numRuns: 1000 },
    );
  });
});
