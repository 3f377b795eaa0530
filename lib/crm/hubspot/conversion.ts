import { becameKind, type CrmRecord, type Link } from '#lib/core/record.ts';
import type { Instant } from '#lib/core/time.ts';
import { chunksOf } from '../chunks.ts';
import type { ReadRecord } from '../doors.ts';
import { version, type HubSpot } from './api.ts';
import { resultsOf } from './batch.ts';
import { readLinks } from './links.ts';
import { named } from './normalise.ts';
import { batchOf, WireRecord } from './wire.ts';

/** The stage of a lead that has done its work; every account's own lead pipeline has it under this id. */
const qualifiedStage = 'qualified-stage-id';
const withinMs = 24 * 3_600_000;

/**
 * Links qualified leads to the deals that they live on as. HubSpot keeps no link between the two: moving a lead to
 * "qualified" makes a deal with the lead's contact, so it is the contact's deal that was created closest to that moment,
 * a day before or after it at most.
 */
export async function withConversions(hubspot: HubSpot, leads: readonly ReadRecord[]): Promise<ReadRecord[]> {
  const moments = leads.flatMap(({ record }) => qualified(record) ?? []);
  if (moments.length === 0) return [...leads];
  const contactIds = [...new Set(moments.flatMap(({ contacts }) => contacts))];
  const dealsOf = await readLinks(hubspot, 'contacts', 'deals', contactIds);
  const created = await creationTimes(hubspot, [...new Set([...dealsOf.values()].flat().map(idOf))]);
  const became = new Map<string, string>();
  for (const { leadId, at, contacts } of moments) {
    const near = contacts
      .flatMap(contact => (dealsOf.get(contact) ?? []).map(idOf))
      .map(id => ({ id, away: Math.abs(Date.parse(created.get(id) ?? '') - Date.parse(at)) }))
      .filter(({ away }) => away <= withinMs)
      .sort((a, b) => a.away - b.away);
    if (near[0]) became.set(leadId, near[0].id);
  }
  return leads.map(lead => converted(lead, became.get(lead.record.ref.id)));
}

/** When a lead was qualified, and whose it is; null for one that was not. */
function qualified({ ref, fields, history, links }: CrmRecord) {
  if (fields['hs_pipeline_stage'] !== qualifiedStage) return null;
  const moves = history.filter(
    ({ field, value }) => field === 'hs_pipeline_stage' && value === qualifiedStage,
  );
  const at = moves.at(-1)?.at;
  const contacts = links.filter(({ to }) => to.object === 'contacts').map(idOf);
  return at === undefined || contacts.length === 0 ? null : { leadId: ref.id, at, contacts };
}

async function creationTimes(hubspot: HubSpot, ids: readonly string[]): Promise<Map<string, Instant>> {
  const doing = 'looking for deals of qualified leads';
  const times = new Map<string, Instant>();
  for (const chunk of chunksOf(ids, 100)) {
    const path = `/crm/objects/${version}/deals/batch/read`;
    const body = { inputs: chunk.map(id => ({ id })), properties: ['createdate'] };
    const reply = await hubspot.send({ method: 'POST', path, body, doing }, batchOf(WireRecord));
    for (const { id, createdAt } of resultsOf(reply, doing)) times.set(id, createdAt);
  }
  return times;
}

function converted(lead: ReadRecord, dealId: string | undefined): ReadRecord {
  if (dealId === undefined) return lead;
  const { ref, version: _, ...content } = lead.record;
  const links = [
    ...content.links,
    { to: { crm: 'hubspot' as const, object: 'deals' as const, id: dealId }, kind: becameKind },
  ];
  return { ...lead, record: named(ref.object, ref.id, { ...content, links }) };
}

const idOf = ({ to }: Link): string => to.id;
