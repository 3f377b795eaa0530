import type { Decision } from '#lib/core/decision.ts';
import type { Scope } from '#lib/core/scope.ts';
import { isPerson, subjectKey } from '#lib/core/subject.ts';
import { toInstant } from '#lib/core/time.ts';
import { connectionOf } from '#lib/crm/read.ts';
import { countAnswersSince, decisionsAt, newestScores } from '#lib/decisions/read.ts';
import { accountNamesOf, heirsOf, namesOf, ownersOf } from '#lib/graph/read.ts';
import { canRead } from '#lib/may.ts';
import type { TenantTx } from '#lib/platform/db.ts';
import { pagesOf } from './crm-pages.ts';
import { statesOf } from './states.ts';
import type { InboxRow, InboxView } from './types.ts';

/** What waits for this person: a rep's own records and nobody's, everybody's for the others. Best scores first. */
export async function inboxView(tx: TenantTx, scope: Scope, now: Date): Promise<InboxView> {
  const waiting = await readable(
    tx,
    scope,
    await decisionsAt(tx, { statuses: ['open', 'parked', 'approved'] }),
  );
  const countOf = (status: Decision['status']) =>
    waiting.filter(decision => decision.status === status).length;
  const midnight = toInstant(new Date(now).setUTCHours(0, 0, 0, 0));
  const connection = await connectionOf(tx);
  return {
    rows: await inboxRows(tx, waiting),
    counts: {
      open: countOf('open'),
      parked: countOf('parked'),
      answeredToday: await countAnswersSince(tx, midnight),
    },
    states: await statesOf(tx, connection),
    crmPages: pagesOf(connection),
  };
}

/** Those whose record this scope may read now, whoever owned it when the suggestion was made. */
async function readable(tx: TenantTx, scope: Scope, decisions: Decision[]): Promise<Decision[]> {
  if (scope.actor.role !== 'rep') return decisions;
  const may: Decision[] = [];
  for (const decision of decisions) if (await canRead(tx, scope, decision.subject)) may.push(decision);
  return may;
}

/** Decisions as lines of a list, with names and scores: of the record that it now is about. */
export async function inboxRows(tx: TenantTx, decisions: readonly Decision[]): Promise<InboxRow[]> {
  const heirs = await heirsOf(
    tx,
    decisions.map(decision => decision.subject),
  );
  const subjectOf = ({ subject }: Decision) => heirs.get(subjectKey(subject)) ?? subject;
  const subjects = decisions.map(subjectOf);
  const names = await namesOf(tx, subjects);
  const accounts = await accountNamesOf(tx, subjects);
  const owners = await ownersOf(tx);
  const scores = await newestScores(
    tx,
    [...subjects, ...decisions.map(decision => decision.subject)].filter(isPerson),
  );
  const rows = decisions.map((decision): InboxRow => {
    const subject = subjectOf(decision);
    const key = subjectKey(subject);
    const { suggestion } = decision;
    const task =
      suggestion.outcome === 'propose'
        ? suggestion.changes.find(change => change.kind === 'task')
        : undefined;
    return {
      subject,
      name: names.get(key) ?? subject.id,
      account: accounts.get(key) ?? null,
      owner: owners.get(task?.ownerId ?? '') ?? null,
      score: scores.get(key) ?? scores.get(subjectKey(decision.subject)) ?? null,
      decisionId: decision.id,
      channel: task?.channel ?? null,
      title: task?.title ?? '',
      why: suggestion.why[0]?.text ?? '',
      status: decision.status,
      statusReason: decision.statusReason,
      sendAt: suggestion.outcome === 'propose' ? suggestion.sendAt : null,
      createdAt: decision.createdAt,
    };
  });
  return rows.sort((a, b) => (b.score?.value ?? -1) - (a.score?.value ?? -1));
}
