import type { Scope } from '#lib/core/scope.ts';
import { servedTenantId } from '#lib/platform/env.ts';

/** Whoever runs commands at the machine, as an admin. */
export const operatorScope = (): Scope => ({
  tenantId: servedTenantId(),
  actor: { id: 'command-line', name: 'Command line', role: 'admin', ownerId: null },
});
