import type { SObject } from '../model/sobject.ts';
import type { Org } from '../org.ts';
import { readSetting } from '../store/settings.ts';
import type { Row } from '../store/rows.ts';

/** An outbound message of a flow: where it goes, and for which objects. `retryBaseMs` is the first wait. */
export type OutboundTarget = { url: string; objects: string[]; retryBaseMs?: number };

export function readOutboundTarget(org: Org): OutboundTarget | undefined {
  return readSetting<OutboundTarget | null>(org.store, 'outbound') ?? undefined;
}

export function queueOutbound(org: Org, object: SObject, row: Row): void {
  if (!readOutboundTarget(org)?.objects.includes(object.name)) return;
  const now = org.store.now();
  org.store.run(
    'INSERT INTO sf_outbound (type, record, due_at, first_at) VALUES (?, ?, ?, ?)',
    object.name,
    JSON.stringify(row),
    now,
    now,
  );
}
