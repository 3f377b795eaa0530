import { route } from '#lib/edge/route.ts';
import { decisionView } from '#lib/views/decision.ts';

export const GET = route<{ id: string }>(({ flow, scope, params }) =>
  flow.db.tenant(scope.tenantId, tx => decisionView(tx, scope, params.id)),
);
