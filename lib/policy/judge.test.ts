import { describe, expect, it } from 'vitest';
import type { Change } from '#lib/core/proposal.ts';
import { defaultSettings } from '#lib/core/settings.ts';
import {
  allOn,
  approvedBy,
  assignment,
  autonomous,
  base,
  body,
  field,
  note,
  scopeOf,
  shipped,
  task,
  usual,
} from './examples.ts';
import { type JudgeContext, judge } from './policy.ts';

describe('judge', () => {
  const off = { ...allOn, writes: { ...allOn.writes, task: false } };
  it.each<[string, Change, Partial<JudgeContext>, string, string]>([
    ['a task waits for a person', task, {}, 'ask', 'task-with-approval'],
    ['a note waits for a person', note, {}, 'ask', 'note-with-approval'],
    ['a field waits for a manager', field, {}, 'ask', 'field-with-approval'],
    ['an assignment waits for a manager', assignment, {}, 'ask', 'assignment-with-approval'],
    ['writing of the kind is off', task, { settings: off }, 'deny', 'writing-tasks-off'],
    ['kill switch', note, { settings: { ...allOn, killSwitch: true } }, 'deny', 'kill-switch'],
    ['a guardrail blocked', task, { guardrailsPassed: false }, 'deny', 'guardrails-passed'],
    ['e-mail to an opted-out person', task, { optedOut: true }, 'deny', 'no-email-to-opted-out'],
    [
      'an e-mail draft hidden in a call',
      { ...task, channel: 'call' },
      { optedOut: true },
      'deny',
      'no-email-to-opted-out',
    ],
    [
      'a call to a person who opted out of e-mail',
      { ...task, channel: 'call', draft: null },
      { optedOut: true },
      'ask',
      'task-with-approval',
    ],
    ['contact budget used up', task, { touchesThisWeek: 3 }, 'deny', 'contact-budget'],
    ['contact budget almost used up', task, { touchesThisWeek: 2 }, 'ask', 'task-with-approval'],
    [
      'a task that contacts nobody has no budget',
      { ...task, channel: 'task', draft: null },
      { touchesThisWeek: 9 },
      'ask',
      'task-with-approval',
    ],
    [
      'an owner change dressed as a field',
      { ...base, kind: 'field', field: 'hubspot_owner_id', from: '11', to: '12' },
      {},
      'deny',
      'owner-changes-are-assignments',
    ],
    [
      'consent',
      { ...base, kind: 'field', field: 'hs_email_optout_42', from: 'true', to: 'false' },
      {},
      'deny',
      'consent-is-the-persons-own',
    ],
    [
      'suspicious text is said when asking',
      task,
      { injectionSignal: true },
      'ask',
      'injection-signal-needs-a-person',
    ],
    ['stale facts are said when asking', task, { factsAgeHours: 24.1 }, 'ask', 'stale-facts-need-a-person'],
    ['no yes at apply', task, { moment: 'apply' }, 'deny', 'approval-needed'],
    ['own record', task, approvedBy('rep', '11'), 'allow', 'task-with-approval'],
    ["another rep's record", task, approvedBy('rep', '12'), 'deny', 'rep-approves-own-records'],
    ['a rep without a CRM user', task, approvedBy('rep'), 'deny', 'rep-approves-own-records'],
    [
      'a record that nobody owns',
      task,
      { ...approvedBy('rep'), subjectOwnerId: null },
      'allow',
      'task-with-approval',
    ],
    ['a manager', task, approvedBy('manager'), 'allow', 'task-with-approval'],
    ['an admin', assignment, approvedBy('admin'), 'allow', 'assignment-with-approval'],
    ['a field by a rep', field, approvedBy('rep', '11'), 'deny', 'fields-and-assignments-need-a-manager'],
    ['a field by a manager', field, approvedBy('manager'), 'allow', 'field-with-approval'],
    ['operations', task, approvedBy('operations'), 'deny', 'approval-by-rep-manager-or-admin'],
    ['an auditor', task, approvedBy('auditor'), 'deny', 'approval-by-rep-manager-or-admin'],
    ['Sidecard approving itself', task, approvedBy('service'), 'deny', 'approval-by-rep-manager-or-admin'],
    [
      'other changes than were approved',
      task,
      approvedBy('manager', null, false),
      'deny',
      'approval-covers-exactly-these-changes',
    ],
    ['undo by a rep', task, { moment: 'undo', scope: scopeOf('rep', '11') }, 'allow', 'task-with-approval'],
    [
      'undo by another rep',
      task,
      { moment: 'undo', scope: scopeOf('rep', '12') },
      'deny',
      'rep-approves-own-records',
    ],
    [
      'undo, asked for by a manager and done by the worker',
      task,
      { ...approvedBy('manager'), moment: 'undo' },
      'allow',
      'task-with-approval',
    ],
    ['undo by nobody', task, { moment: 'undo' }, 'deny', 'approval-by-rep-manager-or-admin'],
    [
      'an e-mail is taken back from somebody who opted out since',
      task,
      { moment: 'undo', scope: scopeOf('manager'), optedOut: true, touchesThisWeek: 9 },
      'allow',
      'task-with-approval',
    ],
    ['an auditor proposing', task, { scope: scopeOf('auditor') }, 'deny', 'auditor-changes-nothing'],
  ])('%s', (_, change, context, effect, policy) => {
    const verdict = judge(change, { ...usual, ...context }, shipped);
    expect(verdict).toMatchObject({ changeId: 'chg_1', effect, policySet: 'shipped' });
    expect(verdict.policies).toContain(policy);
    expect(verdict.reason).not.toBe('');
  });

  it('says in words what turned a change away', () => {
    const verdict = judge(task, { ...usual, settings: defaultSettings }, shipped);
    expect(verdict.reason).toBe(
      'Writing tasks is turned off for this tenant: an admin turns it on under Settings.',
    );
  });

  it('says in words which permit was missing when no policy decided', () => {
    const verdict = judge(task, { ...usual, scope: scopeOf('operations') }, shipped);
    expect(verdict).toMatchObject({ effect: 'deny', policies: [] });
    expect(verdict.reason).toContain('Nobody in this role may bring a task into the CRM');
  });

  it('allows unattended what a permit names, unless a limit stands against it', () => {
    const sure = { ...usual, confidence: 0.9 };
    const effect = (change: Change, context: Partial<JudgeContext> = {}) =>
      judge(change, { ...sure, ...context }, autonomous).effect;
    expect(effect(note)).toBe('allow');
    expect(effect(note, { moment: 'apply' })).toBe('allow');
    expect(effect(note, { confidence: 0.8999 })).toBe('ask');
    expect(effect(note, { injectionSignal: true })).toBe('ask');
    expect(effect(note, { factsAgeHours: 25 })).toBe('ask');
    expect(effect(note, { moment: 'apply', injectionSignal: true })).toBe('deny');
    expect(effect(task)).toBe('ask');
  });

  it('uses the role that a person has now when that person applies what they approved earlier', () => {
    const context = { ...usual, ...approvedBy('manager') };
    const demoted = {
      ...scopeOf('operations'),
      actor: { ...scopeOf('operations').actor, id: 'user:manager' },
    };
    expect(judge(task, { ...context, scope: demoted }, shipped).effect).toBe('deny');
  });
});

describe('what cannot be evaluated is a refusal that names the error', () => {
  const set = (hash: string, text: string) => ({ hash, body: { ...body, files: { 'x.cedar': text } } });
  const id = '@id("x") @reason("x")';
  const permit = `${id} permit (principal, action in Action::"change", resource);`;
  it.each([
    ['no Cedar', set('p1', 'permit everything please'), 'x.cedar'],
    ['no @id', set('p2', 'permit (principal, action, resource);'), '@id'],
    ['two of one name', set('p3', permit + permit), 'two policies'],
    ['a broken schema', { hash: 'p4', body: { ...body, schema: 'entity' } }, 'schema'],
    [
      'a forbid that overflows',
      set(
        'p5',
        `${permit} @id("y") @reason("y") forbid (principal, action, resource)
         when { context.touchesThisWeek + 9223372036854775807 > 0 };`,
      ),
      '"y"',
    ],
  ])('%s', (_, policySet, words) => {
    const verdict = judge(task, { ...usual, touchesThisWeek: 1 }, policySet);
    expect(verdict.effect).toBe('deny');
    expect(verdict.reason).toContain(words);
  });

  it.each([
    ['confidence', { confidence: Number.NaN }],
    ['age of facts', { factsAgeHours: Number.NaN }],
    ['amount', { amountMinor: 10.5 }],
    ['touches', { touchesThisWeek: Number.POSITIVE_INFINITY }],
  ])('a number that is none: %s', (_, context) => {
    const verdict = judge(task, { ...usual, ...context }, shipped);
    expect(verdict).toMatchObject({ effect: 'deny', policies: [] });
    expect(verdict.reason).toContain('Policy cannot judge this request');
  });
});
