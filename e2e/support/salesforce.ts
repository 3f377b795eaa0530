import { Connection } from 'jsforce';
import type { SubjectView } from '#lib/views/types.ts';
import { ports, productUrl } from './addresses.ts';

const { app, sandbox } = ports.salesforce;
const authorization = 'Bearer demo-manager';

/** The org through its vendor's own client: what the product did there, as any other program sees it. */
export const openOrg = (): Connection =>
  new Connection({ instanceUrl: `http://127.0.0.1:${sandbox}`, accessToken: 'sandbox', version: '66.0' });

export const leadPage = (id: string): string => `http://localhost:${sandbox}/lightning/r/Lead/${id}/view`;

export async function lookAtLead(id: string): Promise<SubjectView> {
  const address = `${productUrl(app)}/api/v1/subjects/salesforce/leads/${id}`;
  const answer = await fetch(address, { headers: { authorization } });
  if (!answer.ok) throw new Error(`${address} answered ${answer.status}: ${await answer.text()}`);
  return (await answer.json()) as SubjectView;
}

/** A lead whose suggestion, with a draft, waits for an answer; null while there is none. */
export async function findOpenLead(): Promise<string | null> {
  const inbox = await (await fetch(productUrl(app), { headers: { authorization } })).text();
  for (const [, id = ''] of inbox.matchAll(/href="\/card\/salesforce\/leads\/(\w+)"/g)) {
    const { suggestion } = await lookAtLead(id);
    if (suggestion?.status === 'open' && suggestion.draft) return id;
  }
  return null;
}
