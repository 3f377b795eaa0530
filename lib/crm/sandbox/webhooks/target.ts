import type { Store } from '#lib/crm/sandbox/store/open-store.ts';
import { readSetting, writeSetting } from '#lib/crm/sandbox/store/settings.ts';

/** Where webhooks go, and the client secret they are signed with. */
export type WebhookTarget = { url: string; secret: string };

export function readTarget(store: Store): WebhookTarget | undefined {
  const kept = readSetting(store, 'webhook-target');
  return kept ? (JSON.parse(kept) as WebhookTarget) : undefined;
}

/** Sends webhooks to this target from now on; undefined turns them off and drops what waits. */
export function setTarget(store: Store, target: WebhookTarget | undefined): void {
  store.transact(() => {
    writeSetting(store, 'webhook-target', target ? JSON.stringify(target) : '');
    if (!target) store.run('DELETE FROM outbox');
  });
}
