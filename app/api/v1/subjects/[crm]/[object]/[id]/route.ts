import { Subject } from '#lib/core/subject.ts';
import { route } from '#lib/edge/route.ts';
import { subjectView } from '#lib/views/subject.ts';

export const GET = route<{ crm: string; object: string; id: string }>(({ flow, scope, params }) =>
  flow.db.tenant(scope.tenantId, tx => subjectView(tx, scope, Subject.parse(params), flow.now())),
);
