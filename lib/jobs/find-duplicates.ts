import { findDuplicates } from '#lib/identity.ts';
import type { Handler } from './handler.ts';

export const findDuplicatesJob: Handler<'find-duplicates'> = {
  run: async (flow, { tenantId }) => {
    await findDuplicates(flow, tenantId);
  },
};
