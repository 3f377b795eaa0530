import { z } from 'zod';
import { AppError } from '#lib/core/errors.ts';
import { Holder, longestMemory, MemoryScope, TaughtKind, type Memory } from '#lib/core/memory.ts';
import type { Scope } from '#lib/core/scope.ts';
import { Subject } from '#lib/core/subject.ts';
import { Instant, toInstant } from '#lib/core/time.ts';
import { enqueue } from '#lib/jobs/define.ts';
import type { TenantTx } from '#lib/platform/db.ts';
import { newId } from '#lib/platform/ids.ts';
import { insistOnMemory } from './may-memory.ts';
import { mayRead } from './may.ts';
import { stages, type Stages } from './stages.ts';

const text = z.string().trim().min(1, 'say what to remember').max(longestMemory);

/** What somebody types to be remembered. Private ones are their own, unless they name a role. */
export const Taught = z
  .object({
    scope: MemoryScope,
    kind: TaughtKind,
    text,
    subject: Subject.nullable(),
    role: Holder.options[1].shape.role.nullable(),
    expiresAt: Instant.nullable(),
  })
  .refine(({ scope, subject }) => scope !== 'account' || subject !== null, {
    message: 'a memory for an account needs the record that it is about',
    path: ['subject'],
  });
export type Taught = z.infer<typeof Taught>;

/** `version`: the one that was read. */
export const MemoryEdit = z.object({
  id: z.string().startsWith('mem_'),
  version: z.number().int(),
  text,
  expiresAt: Instant.nullable(),
});
export type MemoryEdit = z.infer<typeof MemoryEdit>;

/** `for`: everybody who works on the record, or the person who confirms alone. */
export const Confirmation = z.object({
  id: z.string().startsWith('mem_'),
  version: z.number().int(),
  text,
  for: z.enum(['all', 'me']),
});
export type Confirmation = z.infer<typeof Confirmation>;

/** Keeps what a person typed, in force at once, on the record. Throws AppError('forbidden'). */
export async function teach(
  tx: TenantTx,
  scope: Scope,
  taught: Taught,
  now: Date,
  s: Stages = stages,
): Promise<void> {
  const memory: Omit<Memory, 'version'> = {
    id: newId('mem'),
    state: 'confirmed',
    scope: taught.scope,
    subject: taught.scope === 'team' ? null : taught.subject,
    holder:
      taught.scope === 'private' ? (taught.role ? { kind: 'role', role: taught.role } : self(scope)) : null,
    kind: taught.kind,
    text: taught.text,
    author: scope.actor.id,
    authorName: scope.actor.name,
    source: { kind: 'typed' },
    confidence: 1,
    at: toInstant(now),
    expiresAt: insistOnAhead(taught.expiresAt, now),
  };
  await insistOnMemory(tx, scope, 'teach', memory, s);
  if (memory.subject) await insistOnRecord(tx, scope, memory.subject, s);
  await s.memory.remember(tx, memory);
  await note(tx, scope, memory, 'taught', now, s);
}

/** Other words, or another end. What was said before stays as of its time. Throws AppError('forbidden' | 'conflict' | 'not_found'). */
export async function editMemory(
  tx: TenantTx,
  scope: Scope,
  edit: MemoryEdit,
  now: Date,
  s: Stages = stages,
): Promise<void> {
  const was = await read(tx, scope, edit, s);
  const expiresAt = edit.expiresAt === was.expiresAt ? was.expiresAt : insistOnAhead(edit.expiresAt, now);
  const next = await s.memory.revise(
    tx,
    was,
    { text: edit.text, expiresAt, confidence: 1 },
    scope.actor,
    now,
  );
  await note(tx, scope, next, 'edited', now, s);
}

/**
 * Puts in force what an answer suggested, in the words that the person leaves it in. Throws
 * AppError('forbidden' | 'conflict' | 'not_found').
 */
export async function confirmMemory(
  tx: TenantTx,
  scope: Scope,
  given: Confirmation,
  now: Date,
  s: Stages = stages,
): Promise<void> {
  const was = await read(tx, scope, given, s);
  if (was.state !== 'suggested') throw new AppError('conflict', 'This memory is in force already.');
  const whose =
    given.for === 'me'
      ? ({ scope: 'private', holder: self(scope) } as const)
      : ({ scope: was.subject ? 'account' : 'team', holder: null } as const);
  const next = {
    ...whose,
    state: 'confirmed' as const,
    text: given.text,
    confidence: surer(was, given.text),
  };
  await insistOnMemory(tx, scope, 'teach', { ...was, ...next }, s);
  await note(tx, scope, await s.memory.revise(tx, was, next, scope.actor, now), 'confirmed', now, s);
}

/** Forgets a memory, or turns a suggested one down: it is in no later fact. Throws AppError('forbidden' | 'not_found'). */
export async function forgetMemory(
  tx: TenantTx,
  scope: Scope,
  id: string,
  now: Date,
  s: Stages = stages,
): Promise<void> {
  const was = await s.memory.load(tx, id);
  await insistOnMemory(tx, scope, 'teach', was, s);
  await s.memory.forget(tx, id, scope.actor, now);
  await note(tx, scope, was, 'forgotten', now, s);
}

/** A private memory too is about a record that its holder may read; and about nobody who was erased. */
async function insistOnRecord(tx: TenantTx, scope: Scope, subject: Subject, s: Stages): Promise<void> {
  await mayRead(tx, scope, subject, s);
  if ((await s.ingest.erasedOf(tx, [subject])).size > 0)
    throw new AppError('not_found', 'This person’s data was erased, and nothing more is kept.');
}

const self = ({ actor }: Scope): Holder => ({ kind: 'user', id: actor.id, ownerId: actor.ownerId });

/** A person's yes; their own words are surer than a rule's. */
const surer = ({ confidence, text: was }: Memory, said: string): number =>
  was === said ? Math.max(confidence, 0.9) : 1;

async function read(
  tx: TenantTx,
  scope: Scope,
  { id, version }: { id: string; version: number },
  s: Stages,
): Promise<Memory> {
  const was = await s.memory.load(tx, id);
  await insistOnMemory(tx, scope, 'teach', was, s);
  if (was.version !== version)
    throw new AppError('conflict', 'This memory has changed since you saw it. Look at it again.');
  return was;
}

function insistOnAhead(expiresAt: Instant | null, now: Date): Instant | null {
  if (expiresAt !== null && expiresAt <= toInstant(now))
    throw new AppError('bad_input', 'Choose an end that is still ahead, or none.');
  return expiresAt;
}

type Change = 'taught' | 'suggested' | 'confirmed' | 'edited' | 'forgotten';

/** On the record: what happened to a memory, by whom and when; what it says only as a commitment that can be erased. */
export async function note(
  tx: TenantTx,
  scope: Scope,
  memory: Pick<Memory, 'id' | 'scope' | 'kind' | 'subject' | 'holder' | 'text' | 'source'>,
  change: Change,
  now: Date,
  s: Stages,
): Promise<void> {
  await s.decisions.audit(tx, scope.actor.id, now, {
    kind: 'memory-changed',
    decisionId: memory.source.kind === 'answer' ? memory.source.decisionId : null,
    public: { memoryId: memory.id, change, scope: memory.scope, memoryKind: memory.kind },
    private: { subject: memory.subject, holder: memory.holder, text: memory.text },
  });
  await enqueue(tx, 'sequence', {}, { key: tx.tenantId });
}
