import { AppError } from '#lib/core/errors.ts';
import type { Receipt } from '#lib/core/answer.ts';
import type { Subject } from '#lib/core/subject.ts';
import type { ChangeStamp, CrmWriter } from '#lib/crm/writer.ts';
import { sameValue } from './same-value.ts';

type Values = Record<string, string | null>;

export interface FieldWrite {
  subject: Subject;
  /** Values that we believe the fields hold, and values that they should. The same fields in both. */
  from: Values;
  to: Values;
  /** Goes onto the record with the values. */
  stamp: ChangeStamp;
}

/** What the attempts at one write know of each other, whether one died or two run at once. */
export interface Memory {
  /** What the fields held before any attempt wrote; null when none got that far. */
  recall(): Promise<Values | null>;
  /** Keeps what the fields hold before they are changed; answers with the first that was kept. */
  remember(before: Values): Promise<Values>;
}

/** Whoever writes to a record again and again must not keep us looking for ever. */
const mostLooks = 3;

type Confirmed = Pick<Receipt, 'outcome' | 'ref' | 'before' | 'after' | 'version'>;

/**
 * Sets fields unless somebody else changed them meanwhile: each must hold what we believed, or already what we want.
 * Throws AppError('conflict') with all three values otherwise.
 */
export async function setFields(
  writer: CrmWriter,
  { subject, from, to, stamp }: FieldWrite,
  memory: Memory,
  looks = mostLooks,
): Promise<Confirmed> {
  const fields = Object.keys(to);
  const found = await writer.read(subject, fields);
  if (found === null)
    throw new AppError('conflict', `The record ${subject.object} ${subject.id} is no longer in the CRM.`, {
      subject,
    });
  const { values: current, version } = found;

  if (fields.every(field => sameValue(current[field] ?? null, to[field] ?? null))) {
    const before = await memory.recall();
    if (before !== null) return { outcome: 'updated', ref: subject, before, after: current, version };
    if (fields.every(field => (current[field] ?? null) === (to[field] ?? null)))
      return { outcome: 'unchanged', ref: subject, before: current, after: current, version };
  }
  for (const field of fields)
    refuseIfChanged(field, current[field] ?? null, from[field] ?? null, to[field] ?? null);
  const before = await memory.remember(current);
  const written = await writer.updateFields(subject, to, stamp).catch((error: unknown) => {
    if (looks > 1 && error instanceof AppError && error.code === 'conflict') return null;
    throw error;
  });
  // The record changed after we looked, perhaps by another attempt at this very write, or elsewhere than in our fields.
  if (written === null) return setFields(writer, { subject, from, to, stamp }, memory, looks - 1);
  return { outcome: 'updated', ref: subject, before, after: written.values, version: written.version };
}

function refuseIfChanged(
  field: string,
  current: string | null,
  expected: string | null,
  wanted: string | null,
) {
  if (sameValue(current, expected) || sameValue(current, wanted)) return;
  const say = (value: string | null) => (value === null ? 'empty' : `“${value}”`);
  throw new AppError(
    'conflict',
    `Somebody changed ${field} in the CRM: it was ${say(expected)}, is now ${say(current)}, and the suggestion would make it ${say(wanted)}. Decide which one is right.`,
    { field, expected, current, wanted },
  );
}
