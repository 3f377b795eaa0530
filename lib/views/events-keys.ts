import type { Scope } from '#lib/core/scope.ts';
import { mayChangeSettings } from '#lib/may.ts';
import type { TenantTx } from '#lib/platform/db.ts';
import { eventsKeysInForce } from '#lib/sign-in/sign-in.ts';

export interface EventsKeysView {
  /** The newest first. */
  keys: { id: string; name: string; madeAt: string; lastUsedAt: string | null }[];
}

/** The keys with which websites and products send events, for an admin; null for anybody else. */
export async function eventsKeysView(tx: TenantTx, scope: Scope): Promise<EventsKeysView | null> {
  if (!(await mayChangeSettings(tx, scope))) return null;
  return {
    keys: (await eventsKeysInForce(tx)).map(({ id, name, madeAt, lastUsedAt }) => ({
      id,
      name: name ?? 'no name',
      madeAt,
      lastUsedAt,
    })),
  };
}
