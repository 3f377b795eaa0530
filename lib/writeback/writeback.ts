import type { Receipt } from '#lib/core/answer.ts';
import { AppError, isRetryable } from '#lib/core/errors.ts';
import type { Change } from '#lib/core/proposal.ts';
import { recordPath } from '#lib/core/record-url.ts';
import { toInstant } from '#lib/core/time.ts';
import type { ChangeStamp, CrmWriter, Stamp, Written } from '#lib/crm/writer.ts';
import type { Db } from '#lib/platform/db.ts';
import { setFields, type Memory } from './set-fields.ts';
import { noteProblem, recallBefore, rememberBefore, reserveWrite, settleWrite, type Write } from './store.ts';

export { receiptsOf, writesOf } from './read.ts';
export { erase, held } from './store-erase.ts';
export { openWriter } from '#lib/crm/writer.ts';
export { sendScores } from './scores.ts';
export {
  confirmScores,
  dueScores,
  forgetScores,
  passOnScores,
  refuseScores,
  wantScores,
} from './store-scores.ts';
export { releaseBudget, reserveBudget, touchesAround, type Reservation } from './store-budget.ts';

/** What write-back needs of a decision. */
export interface WrittenDecision {
  id: string;
  tenantId: string;
  suggestion: { agent: string };
}

/**
 * Changes the CRM, each change exactly once however often this runs or dies: a row is reserved first, the CRM is asked
 * what an earlier attempt did, and the confirmation is kept before the next change begins.
 * Throws the AppError of the first change that fails (`conflict`: somebody changed the field meanwhile); what was
 * written before it stays, with its receipts in `receiptsOf`.
 */
export async function apply(
  db: Db,
  writer: CrmWriter,
  order: { decision: WrittenDecision; changes: readonly Change[]; approvedBy: string | null; now: Date },
): Promise<{ receipts: Receipt[] }> {
  const { decision, approvedBy, now } = order;
  const stamp: Stamp = { decisionId: decision.id, agent: decision.suggestion.agent, approvedBy };
  const receipts: Receipt[] = [];
  for (const change of order.changes)
    receipts.push(
      await writeOnce(
        db,
        { decision, changeId: change.id, direction: 'apply', now },
        async (row, memory) => ({
          ...(await confirmationOf(writer, change, { stamp, row, memory, now })),
          changeId: change.id,
          at: toInstant(now),
        }),
      ),
    );
  return { receipts };
}

/**
 * Takes receipts back, newest first: what was created is archived, what was changed gets its earlier values, unless
 * somebody changed it since (AppError 'conflict'). Exactly once, like `apply`.
 */
export async function undo(
  db: Db,
  writer: CrmWriter,
  order: {
    decision: WrittenDecision;
    receipts: readonly Receipt[];
    /** Who asked for it; goes onto the record. */
    by?: string | null;
    now: Date;
  },
): Promise<{ receipts: Receipt[] }> {
  const { decision, by = null, now } = order;
  const { agent } = decision.suggestion;
  const stamp = { decisionId: decision.id, agent, approvedBy: by, at: toInstant(now), undo: true };
  const receipts: Receipt[] = [];
  for (const receipt of order.receipts.toReversed())
    receipts.push(
      await writeOnce(
        db,
        { decision, changeId: receipt.changeId, direction: 'undo', now },
        async (row, memory) => ({
          ...(await reversalOf(writer, receipt, { row, memory, stamp })),
          changeId: receipt.changeId,
          at: toInstant(now),
          url: receipt.url,
        }),
      ),
    );
  return { receipts };
}

type Confirmation = Omit<Receipt, 'changeId' | 'at'>;

async function confirmationOf(
  writer: CrmWriter,
  change: Change,
  { stamp, row, memory, now }: { stamp: Stamp; row: Write; memory: Memory; now: Date },
): Promise<Confirmation> {
  if (change.kind === 'field' || change.kind === 'assignment') {
    const field = change.kind === 'field' ? change.field : writer.ownerField;
    const [from, to] = [{ [field]: change.from }, { [field]: change.to }];
    const order = { subject: change.subject, from, to, stamp: { ...stamp, at: toInstant(now), undo: false } };
    return { ...(await setFields(writer, order, memory)), url: recordPath(change.subject) };
  }
  const object = change.kind === 'task' ? 'tasks' : 'notes';
  const earlier = row.attempts > 1 ? await writer.findByChange(object, change.id) : null;
  const create = (): Promise<Written> =>
    change.kind === 'task'
      ? writer.createTask(change, stamp)
      : writer.createNote(change, stamp, toInstant(now));
  const { ref, version, values } = earlier ?? (await create());
  return {
    outcome: 'created',
    ref,
    before: {},
    after: values,
    version,
    url: recordPath(change.subject, ref),
  };
}

async function reversalOf(
  writer: CrmWriter,
  { outcome, ref, before, after, version }: Receipt,
  { row, memory, stamp }: { row: Write; memory: Memory; stamp: ChangeStamp },
): Promise<Omit<Confirmation, 'url'>> {
  if (outcome === 'updated')
    return setFields(writer, { subject: ref, from: after, to: before, stamp }, memory);
  if (outcome !== 'created') return { outcome: 'unchanged', ref, before: after, after, version };
  const found = await writer.read(ref, []);
  if (found === null && row.attempts === 1)
    return { outcome: 'unchanged', ref, before: {}, after: {}, version };
  await writer.archive(ref);
  return { outcome: 'archived', ref, before: after, after: {}, version: found?.version ?? version };
}

/** Reserve, do, keep the receipt: transactions around the requests, never one over them. */
async function writeOnce(
  db: Db,
  write: { decision: WrittenDecision; changeId: string; direction: Write['direction']; now: Date },
  work: (row: Write, memory: Memory) => Promise<Receipt>,
): Promise<Receipt> {
  const { decision, changeId, direction } = write;
  const key = { changeId, direction };
  const at = toInstant(write.now);
  const row = await db.tenant(decision.tenantId, tx =>
    reserveWrite(tx, { ...key, decisionId: decision.id }, at),
  );
  if (row.state === 'done' && row.receipt !== null) return row.receipt;
  try {
    const receipt = await work(row, {
      recall: () => db.tenant(decision.tenantId, tx => recallBefore(tx, key)),
      remember: before => db.tenant(decision.tenantId, tx => rememberBefore(tx, key, before)),
    });
    return await db.tenant(decision.tenantId, tx => settleWrite(tx, key, receipt));
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const state = isRetryable(error) ? 'reserved' : 'refused';
    await db.tenant(decision.tenantId, tx => noteProblem(tx, key, { state, text: error.message, at }));
    throw new AppError(error.code, error.message, { ...error.details, changeId }, error);
  }
}
