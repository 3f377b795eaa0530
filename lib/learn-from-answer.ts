import type { Answer } from '#lib/core/answer.ts';
import type { Decision } from '#lib/core/decision.ts';
import { isRest } from '#lib/core/memory.ts';
import type { Suggestion, TaskChange } from '#lib/core/proposal.ts';
import type { Scope } from '#lib/core/scope.ts';
import { toInstant } from '#lib/core/time.ts';
import type { TenantTx } from '#lib/platform/db.ts';
import { newId } from '#lib/platform/ids.ts';
import { bindRelease } from './release.ts';
import type { Stages } from './stages.ts';
import { note } from './teach.ts';

/**
 * Suggests to remember what an edit, or a rejection with its reason, teaches. Nothing of it is in force before a person
 * confirms it. What is known already is not suggested again, nor what an answer has suggested before, even where a person
 * turned it down or forgot it.
 */
export async function learnFromAnswer(
  tx: TenantTx,
  scope: Scope,
  decision: Decision,
  { answer, edited }: { answer: Answer; edited: Suggestion },
  now: Date,
  s: Stages,
): Promise<void> {
  const before = taskOf(decision.suggestion);
  const after = answer.kind === 'edit' ? taskOf(edited) : null;
  if (!before || (answer.kind === 'edit') !== (after !== null)) return;
  const { settings } = bindRelease(await s.releases.current(tx));
  const { suggestion, subject } = decision;
  const zone = suggestion.outcome === 'propose' ? suggestion.timezone?.name : undefined;
  const lessons = s.memory.lessonsOf({
    before,
    after,
    reason: answer.reason ?? '',
    name: firstNameIn(before),
    zone: zone ?? settings.timezone,
  });
  const self = { kind: 'user' as const, id: scope.actor.id, ownerId: scope.actor.ownerId };
  const concerned = { subjects: [subject], holders: [self] };
  const known = await s.memory.standingFor(tx, concerned, toInstant(now));
  for (const { scope: whose, kind, text, about, confidence } of lessons) {
    if (known.some(one => !isRest(one) && one.text.toLowerCase() === text.toLowerCase())) continue;
    if (await s.memory.hasSuggested(tx, concerned, text, toInstant(now))) continue;
    const memory = {
      id: newId('mem'),
      state: 'suggested' as const,
      scope: whose,
      subject: about === 'record' ? subject : null,
      holder: whose === 'private' ? self : null,
      kind,
      text,
      author: scope.actor.id,
      authorName: scope.actor.name,
      source: { kind: 'answer' as const, decisionId: decision.id },
      confidence,
      at: toInstant(now),
      expiresAt: null,
    };
    await s.memory.remember(tx, memory);
    await note(tx, scope, memory, 'suggested', now, s);
  }
}

const taskOf = (suggestion: Suggestion): TaskChange | null =>
  suggestion.outcome === 'propose'
    ? (suggestion.changes.find(change => change.kind === 'task') ?? null)
    : null;

/** As the draft greets them. */
const firstNameIn = ({ draft }: TaskChange): string | null =>
  /^(?:hi|hello|dear|hey) (\p{Lu}[\p{L}'’-]+),/iu.exec(draft?.body ?? '')?.[1] ?? null;
