import { route } from '#lib/edge/route.ts';
import { pipelineView } from '#lib/views/pipeline.ts';

export const GET = route(({ flow, scope }) =>
  flow.db.tenant(scope.tenantId, tx => pipelineView(tx, scope, flow.now())),
);
