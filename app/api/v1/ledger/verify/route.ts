import { verifyFor } from '#lib/verify.ts';
import { route } from '#lib/edge/route.ts';

export const GET = route(({ flow, scope }) => flow.db.tenant(scope.tenantId, tx => verifyFor(tx, scope)));
