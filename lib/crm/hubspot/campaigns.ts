import { z } from 'zod';
import type { Page } from '../doors.ts';
import { version, type HubSpot } from './api.ts';
import { plainRecord, valueOf } from './normalise.ts';
import { readPage } from './page.ts';
import { Moment } from './wire.ts';

const properties = ['hs_name', 'hs_start_date', 'hs_end_date', 'hs_campaign_status', 'hs_owner', 'hs_notes'];

const WireCampaign = z.looseObject({
  id: z.string(),
  properties: z.record(z.string(), z.string().nullable()),
  createdAt: Moment,
  updatedAt: Moment,
});

export async function readCampaigns(hubspot: HubSpot, after: string | null): Promise<Page> {
  const path = `/marketing/campaigns/${version}`;
  const query = { properties: properties.join(',') };
  const page = await readPage(hubspot, { path, after, query, doing: 'reading campaigns' }, WireCampaign);
  const records = page.results.map(campaign => {
    const own = Object.entries(campaign.properties).map(([name, value]) => [name, valueOf(value)]);
    const fields = { name: valueOf(campaign.properties['hs_name']), ...Object.fromEntries(own) };
    return plainRecord('campaigns', campaign.id, fields, campaign);
  });
  return { records, next: page.next };
}
