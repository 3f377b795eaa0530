import type { Memory, MemoryScope } from '#lib/core/memory.ts';
import type { Scope } from '#lib/core/scope.ts';
import { subjectKey, type Subject } from '#lib/core/subject.ts';
import { toInstant } from '#lib/core/time.ts';
import { recordUrl } from '#lib/core/record-url.ts';
import { namesOf } from '#lib/graph/read.ts';
import { readableAmong } from '#lib/may.ts';
import { mayTeach, memoryJudge } from '#lib/may-memory.ts';
import { memoriesAbout, memoriesNow, suggestedBy } from '#lib/memory/read.ts';
import type { TenantTx } from '#lib/platform/db.ts';
import { crmPagesOf } from './crm-pages.ts';
import type { MemoryLine, MemoryPageView, SubjectMemory } from './memory-types.ts';

export interface MemoryAsk {
  words: string;
  scope: MemoryScope | null;
  /** A record to teach about, as the card's link names it. */
  about: Subject | null;
}

/** What was taught and this scope may see, by policy: what waits for a yes, and what is in force. */
export async function memoryView(
  tx: TenantTx,
  scope: Scope,
  now: Date,
  { words, scope: only, about }: MemoryAsk,
): Promise<MemoryPageView> {
  const found = await memoriesNow(tx, toInstant(now), { words, ...(only && { scope: only }) });
  const lines = await linesOf(tx, scope, found);
  const may = await mayTeach(tx, scope, about);
  return {
    words,
    scope: only,
    about: about && may.account ? ((await placesOf(tx, [about])).get(subjectKey(about)) ?? null) : null,
    suggested: lines.filter(line => line.state === 'suggested'),
    inForce: lines.filter(line => line.state === 'confirmed'),
    may,
    // A private memory serves drafts in its holder's name: who owns no records has none.
    ownsRecords: scope.actor.ownerId !== null,
  };
}

/** What is known of a record and its account, and what waits for this scope's yes: `decisionId`'s answer, and others. */
export async function subjectMemory(
  tx: TenantTx,
  scope: Scope,
  {
    lives,
    account,
    decisionId,
  }: { lives: readonly Subject[]; account: Subject | null; decisionId: string | null },
  now: Date,
): Promise<SubjectMemory> {
  const subjects = account ? [...lives, account] : lives;
  const about = await linesOf(tx, scope, await memoriesAbout(tx, subjects, toInstant(now)));
  const learned = decisionId === null ? [] : await learnedFrom(tx, scope, decisionId, now);
  const waiting = about.filter(line => line.state === 'suggested' && line.can);
  return {
    known: about.filter(line => line.state === 'confirmed'),
    suggested: [...new Map([...learned, ...waiting].map(line => [line.id, line])).values()],
    mayTeach: (await mayTeach(tx, scope, lives[0] ?? null)).account,
  };
}

/** What an answer to a decision suggested to remember, where this scope may say yes or no to it. */
export const learnedFrom = async (
  tx: TenantTx,
  scope: Scope,
  decisionId: string,
  now: Date,
): Promise<MemoryLine[]> =>
  (await linesOf(tx, scope, await suggestedBy(tx, decisionId, toInstant(now)))).filter(line => line.can);

/** The memories that this scope may see, as lines. */
export async function linesOf(
  tx: TenantTx,
  scope: Scope,
  memories: readonly Memory[],
): Promise<MemoryLine[]> {
  const judge = await memoryJudge(tx, scope);
  const subjects = memories.flatMap(({ subject }) => subject ?? []);
  const readable = await readableAmong(tx, scope, subjects);
  const places = await placesOf(
    tx,
    subjects.filter(subject => readable.has(subjectKey(subject))),
  );
  const lines: MemoryLine[] = [];
  for (const memory of memories) {
    if ((await judge('see', memory)).effect !== 'allow') continue;
    const { id, version, state, kind, text, at, expiresAt, confidence, holder, source, subject } = memory;
    lines.push({
      id,
      version,
      state: state === 'suggested' ? 'suggested' : 'confirmed',
      scope: memory.scope,
      kind,
      text,
      at,
      expiresAt,
      confidence,
      about: subject && (places.get(subjectKey(subject)) ?? null),
      role: holder?.kind === 'role' ? holder.role : null,
      by: memory.authorName || memory.author,
      isOwn: memory.author === scope.actor.id,
      from: source.kind,
      decisionId: source.kind === 'answer' ? source.decisionId : null,
      can: (await judge('teach', memory)).effect === 'allow',
    });
  }
  return lines;
}

async function placesOf(tx: TenantTx, subjects: readonly Subject[]) {
  const names = await namesOf(tx, subjects);
  const pages = await crmPagesOf(tx);
  return new Map(
    subjects.map(subject => [
      subjectKey(subject),
      {
        subject,
        name: names.get(subjectKey(subject)) ?? subject.id,
        url: recordUrl(pages, subject),
      },
    ]),
  );
}
