import { z } from 'zod';
import { Change } from './proposal.ts';
import { Subject } from './subject.ts';
import { Instant } from './time.ts';

/** What a person says to a decision. An approval covers exactly the changes whose hash it carries. */
export const Answer = z
  .object({
    kind: z.enum(['approve', 'edit', 'reject', 'question', 'snooze']),
    changesHash: z.string().min(1),
    /** With `edit`: the changes as edited, which are then approved. */
    changes: z.array(Change).optional(),
    reason: z.string().max(2000).optional(),
    until: Instant.optional(),
  })
  .superRefine((answer, context) => {
    const need = (ok: boolean, path: string, message: string) => {
      if (!ok) context.addIssue({ code: 'custom', path: [path], message });
    };
    need(answer.kind !== 'edit' || !!answer.changes?.length, 'changes', 'an edit needs the edited changes');
    need(answer.kind !== 'reject' || !!answer.reason?.trim(), 'reason', 'a rejection needs a reason');
    need(
      answer.kind !== 'question' || !!answer.reason?.trim(),
      'reason',
      'a question needs its text in "reason"',
    );
    need(answer.kind !== 'snooze' || !!answer.until, 'until', 'a snooze needs a time in "until"');
  });
export type Answer = z.infer<typeof Answer>;

/** What the CRM confirmed of one change: enough to undo it. */
export const Receipt = z.object({
  changeId: z.string(),
  /** `unchanged`: it was already so (a retry found its own earlier write). */
  outcome: z.enum(['created', 'updated', 'archived', 'unchanged']),
  ref: Subject,
  before: z.record(z.string(), z.string().nullable()),
  after: z.record(z.string(), z.string().nullable()),
  version: z.string(),
  at: Instant,
  url: z.string(),
});
export type Receipt = z.infer<typeof Receipt>;
