import { Hono, type Context } from 'hono';
import { invalid, notFound } from '#lib/crm/sandbox/records/refusal.ts';
import { findDocument, listDocuments, saveDocument } from '#lib/crm/sandbox/store/documents.ts';
import type { Store } from '#lib/crm/sandbox/store/open-store.ts';
import { readPage } from '#lib/crm/sandbox/wire/read-query.ts';
import { renderPage } from './render-page.ts';

/** A marketing campaign; `id` is a GUID. */
export type Campaign = {
  id: string;
  properties: Record<string, string>;
  createdAt: string;
  updatedAt: string;
};

export function saveCampaign(store: Store, campaign: Campaign): void {
  saveDocument(store, 'campaign', campaign.id, campaign);
}

const SORTS: Record<string, (campaign: Campaign) => string> = {
  hs_name: ({ properties }) => properties['hs_name'] ?? '',
  createdAt: ({ createdAt }) => createdAt,
  updatedAt: ({ updatedAt }) => updatedAt,
};

function readAsked(c: Context): string[] {
  return (c.req.queries('properties') ?? []).flatMap(list => list.split(',')).filter(Boolean);
}

/** Only properties that were asked for come, and those that are empty do not. */
function render({ id, properties, createdAt, updatedAt }: Campaign, asked: string[]) {
  const shown = Object.entries(properties).filter(([name]) => asked.includes(name));
  return { id, properties: Object.fromEntries(shown), createdAt, updatedAt, businessUnits: [] };
}

/** Campaigns: `/marketing/campaigns/2026-09`. */
export function campaignRoutes(store: Store): Hono {
  const routes = new Hono();

  routes.get('/', c => {
    const page = readPage(c, { most: 100, standard: 50 });
    const name = c.req.query('name')?.toLowerCase() ?? '';
    const sort = c.req.query('sort') ?? 'hs_name';
    const key = SORTS[sort.replace(/^-/, '')];
    if (!key) throw invalid(`sort=${sort} is not one of: ${Object.keys(SORTS).join(', ')}`);
    const found = listDocuments<Campaign>(store, 'campaign')
      .filter(({ properties }) => properties['hs_name']?.toLowerCase().includes(name))
      .sort((a, b) => key(a).localeCompare(key(b)));
    if (sort.startsWith('-')) found.reverse();
    return c.json(renderPage(found, page, campaign => render(campaign, readAsked(c))));
  });

  routes.get('/:id', c => {
    const campaign = findDocument<Campaign>(store, 'campaign', c.req.param('id'));
    if (!campaign) throw notFound(c.req.param('id'));
    return c.json({ ...render(campaign, readAsked(c)), assets: {} });
  });

  return routes;
}
