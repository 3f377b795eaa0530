import { z } from 'zod';
import { answer } from '#lib/answer.ts';
import { Answer } from '#lib/core/answer.ts';
import { hubspotCard } from '#lib/edge/from-crm.ts';
import { HubSpotRecord } from '#lib/edge/hubspot-record.ts';
import { subjectView } from '#lib/views/subject.ts';

/** In the body, since the card's fetch has no say over headers; HubSpot repeats a call that failed, with the same body. */
const CardAnswer = HubSpotRecord.extend({
  decisionId: z.string().startsWith('dec_'),
  idempotencyKey: z.string().min(8).max(200),
  answer: Answer,
});

/** Approve, reject and the rest from the card in HubSpot; answers the record as it now stands. */
export const POST = hubspotCard(CardAnswer, async ({ flow, scope, input }) => {
  const { decisionId, object, id, ...said } = input;
  await answer(flow, scope, decisionId, said);
  return flow.db.tenant(scope.tenantId, tx => subjectView(tx, scope, { crm: 'hubspot', object, id }));
});
