import type { Scope } from '#lib/core/scope.ts';
import { log } from '#lib/platform/log.ts';
import type { Flow } from './flow.ts';
import { stages, type Stages } from './stages.ts';

/** Encrypts what a version before data keys stored as plain text: once, in the background, while all else goes on. */
export async function sealOldRecords(flow: Flow, { tenantId }: Scope, s: Stages = stages): Promise<void> {
  const sealed = await s.ingest.sealOld(flow.db, tenantId, {
    sealingKey: flow.sealingKey,
    clock: flow.now,
    onProgress: progress => log.info({ tenantId, ...progress }, 'encrypting what was read before'),
  });
  if (sealed > 0) log.info({ tenantId, sealed }, 'what was read before is encrypted');
}
