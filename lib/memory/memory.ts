import type { Memory } from '#lib/core/memory.ts';
import type { Subject } from '#lib/core/subject.ts';
import type { Instant } from '#lib/core/time.ts';
import type { TenantTx } from '#lib/platform/db.ts';
import { insertMemory, listMemories, removeMemory } from './store.ts';

/** Keeps what somebody taught about a subject until it expires. */
export const remember = (tx: TenantTx, memory: Memory): Promise<void> => insertMemory(tx, memory);

/** What was taught about a subject by then and had not expired, oldest first. */
export const recall = (tx: TenantTx, subject: Subject, asOf: Instant): Promise<Memory[]> =>
  listMemories(tx, subject, asOf);

/** Removes a memory for good; false when there was none of that id. */
export const forget = (tx: TenantTx, id: string): Promise<boolean> => removeMemory(tx, id);
