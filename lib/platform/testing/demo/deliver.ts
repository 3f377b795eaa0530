import { createHmac } from 'node:crypto';
import type { Subject } from '#lib/core/subject.ts';
import type { Flow } from '#lib/flow.ts';
import { takeInWebhook, type Taken } from '#lib/take-in.ts';

const uri = 'http://127.0.0.1:3000/api/webhooks/hubspot';
const portalId = 48_213_907;
const appId = 4_471_203;
const names: Partial<Record<Subject['object'], string>> = {
  contacts: 'contact',
  companies: 'company',
  deals: 'deal',
};
const typeIds: Partial<Record<Subject['object'], string>> = {
  tasks: '0-27',
  notes: '0-46',
  meetings: '0-47',
  calls: '0-48',
  emails: '0-49',
};

export interface News {
  ref: Subject;
  /** A change of this field; else the record is new. */
  field?: string;
  /** True: our own app did it. */
  own?: boolean;
  /** Milliseconds since 1970. */
  at?: number;
  portalId?: number;
}

export const notificationOf = ({ ref, field, own, at, portalId: portal }: News) => ({
  subscriptionType: `${names[ref.object] ?? 'object'}.${field ? 'propertyChange' : 'creation'}`,
  portalId: portal ?? portalId,
  appId,
  occurredAt: at ?? Date.now(),
  objectId: Number(ref.id),
  objectTypeId: typeIds[ref.object],
  propertyName: field,
  changeSource: own ? 'INTEGRATION' : 'CRM_UI',
  sourceId: own ? String(appId) : 'userId:1',
});

/** Signs a body as HubSpot does (signature v3). */
export function signed(body: string, secret = 'a secret for webhooks', at = Date.now()) {
  const timestamp = String(at);
  const signature = createHmac('sha256', secret).update(`POST${uri}${body}${timestamp}`).digest('base64');
  return { method: 'POST', uri, body, timestamp, signature };
}

/** Brings news to the product by a signed webhook. */
export const deliver = (flow: Flow, news: readonly News[]): Promise<Taken> =>
  takeInWebhook(flow, signed(JSON.stringify(news.map(notificationOf))));
