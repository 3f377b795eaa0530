import type { Db } from '#lib/platform/db.ts';
import type { CrmSession } from '#lib/crm/session.ts';

/** A process that ended: nothing after this point ran, and nobody heard why. */
export class Killed extends Error {
  override readonly name = 'Killed';
}

/**
 * Where a worker can die: before and after each transaction, before each request, and after each answer before it is
 * read. `diesAt` counts these places; null: it lives.
 */
export function mortal(diesAt: number | null) {
  let place = 0;
  let dead = false;
  const step = (): void => {
    if (place === diesAt) dead = true;
    place += 1;
    // The dead do nothing more, whatever still runs in their name.
    if (dead) throw new Killed();
  };
  return {
    db: (inner: Db): Db => ({
      ...inner,
      tenant: async (tenantId, work) => {
        step();
        const result = await inner.tenant(tenantId, work);
        step();
        return result;
      },
    }),
    session: (inner: CrmSession): CrmSession => ({
      ...inner,
      pass: async kind => {
        step();
        await inner.pass(kind);
      },
      heard: async answer => {
        step();
        await inner.heard(answer);
      },
    }),
  };
}
