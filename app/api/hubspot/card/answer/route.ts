import { answer } from '#lib/answer.ts';
import { hubspotCard } from '#lib/edge/from-crm.ts';
import { HubSpotAnswer } from '#lib/edge/hubspot-record.ts';
import { subjectView } from '#lib/views/subject.ts';

/** Approve, reject and the rest from the card in HubSpot; answers the record as it now stands. */
export const POST = hubspotCard(HubSpotAnswer, async ({ flow, scope, input }) => {
  const { decisionId, object, id, ...said } = input;
  await answer(flow, scope, decisionId, said);
  return flow.db.tenant(scope.tenantId, tx =>
    subjectView(tx, scope, { crm: 'hubspot', object, id }, flow.now()),
  );
});
