import { hubspotCard } from '#lib/edge/from-crm.ts';
import { HubSpotRecord } from '#lib/edge/hubspot-record.ts';
import { publicUrl } from '#lib/edge/open-process.ts';
import { cardPath } from '#lib/core/record-url.ts';
import { launchPath } from '#lib/vouch.ts';

/** Where the card opens our own page of the record: an address that signs its user in once, within a minute. */
export const POST = hubspotCard(HubSpotRecord, async ({ flow, vouched, input }) => {
  const place = cardPath({ crm: 'hubspot', ...input });
  const path = await launchPath(flow, vouched, { source: 'hubspot card', place });
  return { url: `${publicUrl()}${path}` };
});
