import { hubspotCard } from '#lib/edge/from-crm.ts';
import { HubSpotRecord } from '#lib/edge/hubspot-record.ts';
import { subjectView } from '#lib/views/subject.ts';

/** What the card in a HubSpot record shows: as /api/v1/subjects answers it. */
export const POST = hubspotCard(HubSpotRecord, ({ flow, scope, input }) =>
  flow.db.tenant(scope.tenantId, tx => subjectView(tx, scope, { crm: 'hubspot', ...input }, flow.now())),
);
