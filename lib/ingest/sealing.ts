import { erasedField, type CrmRecord } from '#lib/core/record.ts';
import { subjectKey, type Subject } from '#lib/core/subject.ts';
import type { Instant } from '#lib/core/time.ts';
import { openPayload, sealPayload, type DataKey } from '#lib/platform/data-keys.ts';

/** What one version of a record told. `erased`: its key was destroyed, so that nobody can know any more. */
export type Opened = { state: 'open'; record: CrmRecord; raw: unknown } | { state: 'erased' };

/** A version belongs to its tenant and record: a payload does not open as another's. */
const contextOf = (tenantId: string, ref: Subject, version: string): string =>
  JSON.stringify([tenantId, subjectKey(ref), version]);

export const sealVersion = (key: DataKey, tenantId: string, record: CrmRecord, raw: unknown): Buffer =>
  sealPayload(
    key,
    contextOf(tenantId, record.ref, record.version),
    `[${JSON.stringify(record)},${JSON.stringify(raw ?? null)}]`,
  );

/** Throws AppError('unavailable') where it was sealed for something else, or was changed. */
export function openVersion(
  key: DataKey | null,
  tenantId: string,
  { ref, version, sealed }: { ref: Subject; version: string; sealed: Uint8Array },
): Opened {
  if (key === null) return { state: 'erased' };
  const [record, raw] = JSON.parse(openPayload(key, contextOf(tenantId, ref, version), sealed)) as unknown[];
  // What this wrote itself was checked when it came in.
  return { state: 'open', record: record as CrmRecord, raw };
}

/** What is left of a record whose key was destroyed. */
export const erasedRecord = (
  ref: Subject,
  kept: { version: string; updatedAt: Instant; archived: boolean },
): CrmRecord => ({
  ref,
  ...kept,
  createdAt: kept.updatedAt,
  fields: { [erasedField]: 'true' },
  history: [],
  links: [],
});
