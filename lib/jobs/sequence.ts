import { sequence } from '#lib/decisions/decisions.ts';
import type { Handler } from './handler.ts';

/** Gives the ledger's new entries their places in the tree, until none is left. */
export const sequenceJob: Handler<'sequence'> = {
  run: async (flow, { tenantId }) => {
    for (let left = 1; left > 0;) ({ left } = await flow.db.tenant(tenantId, tx => sequence(tx)));
  },
};
