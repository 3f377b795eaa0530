/** What the tests of this folder judge. */
import type { Change, TaskChange } from '#lib/core/proposal.ts';
import type { Role, Scope } from '#lib/core/scope.ts';
import { defaultSettings } from '#lib/core/settings.ts';
import { loadPolicySet } from './load.ts';
import type { JudgeContext } from './policy.ts';

export const body = loadPolicySet();
export const shipped = { hash: 'shipped', body };
/** As shipped, and notes may be written unattended. */
export const autonomous = {
  hash: 'autonomous',
  body: {
    ...body,
    files: {
      ...body.files,
      '7-more.cedar': `@id("notes-unattended") @reason("Notes are safe.")
        permit (principal, action == Action::"write_note_unattended", resource)
        when { context.confidenceBasisPoints >= 9000 };`,
    },
  },
};

export const subject = { crm: 'hubspot', object: 'contacts', id: '7' } as const;
export const base = { id: 'chg_1', subject };
export const task: TaskChange = {
  ...base,
  kind: 'task',
  channel: 'email',
  title: 'Write to Ana',
  body: 'She asked for a price.',
  draft: { subject: 'Price', body: 'Hello' },
  dueAt: '2026-11-20T09:00:00.000Z',
  ownerId: '11',
};
export const note: Change = { ...base, kind: 'note', body: 'Met at the fair' };
export const field: Change = { ...base, kind: 'field', field: 'industry', from: null, to: 'Software' };
export const assignment: Change = { ...base, kind: 'assignment', from: '11', to: '12' };

export const scopeOf = (role: Role, ownerId: string | null = null): Scope => ({
  tenantId: 'demo',
  actor: { id: `user:${role}`, name: role, role, ownerId },
});
export const allOn = {
  ...defaultSettings,
  writes: { task: true, note: true, field: true, assignment: true, score: true },
  routingOwner: 'sidecard' as const,
};
export const usual: JudgeContext = {
  scope: scopeOf('service'),
  moment: 'propose',
  settings: allOn,
  confidence: 0.8,
  subjectOwnerId: '11',
  optedOut: false,
  guardrailsPassed: true,
  factsAgeHours: 0.2,
  injectionSignal: false,
  approval: null,
  touchesThisWeek: 0,
};
export const approvedBy = (
  role: Role,
  ownerId: string | null = null,
  coversHash = true,
): Partial<JudgeContext> => ({
  moment: 'apply',
  approval: {
    by: scopeOf(role, ownerId).actor,
    changesHash: 'h',
    coversHash,
    approvedAt: '2026-11-20T09:00:00.000Z',
  },
});
