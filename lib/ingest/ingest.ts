export { backfill } from './backfill.ts';
export { pull } from './pull.ts';
export { reconcile } from './reconcile.ts';
export type { Keep, Progress } from './noting.ts';
export { openReader } from '#lib/crm/crm.ts';
export { endWait } from './store-events.ts';
export {
  claimSettled,
  finishSettled,
  giveBack,
  overdue,
  receive,
  type Claim,
  type Received,
} from './settle.ts';
export { verifyHubSpotSignature, type SignatureCheck, type SignedRequest } from './signature.ts';
export { parseWebhook, type Webhook } from './webhook.ts';
