export { backfill } from './backfill.ts';
export { pull } from './pull.ts';
export { reconcile } from './reconcile.ts';
export type { Keep, Progress } from './noting.ts';
export {
  csvEvents,
  guessEventColumns,
  readEventColumns,
  surveyEvents,
  type CsvEvent,
  type EventColumn,
  guessMapping,
  importable,
  Mapping,
  objectsOf,
  openCsv,
  openReader,
  readMapping,
  surveyCsv,
  type CsvFile,
  type Importable,
  type Survey,
} from '#lib/crm/crm.ts';
export { rewrapKeys, sealOld, shred } from './data-keys.ts';
export { loadMapping } from './store-imports.ts';
export { takeRows, type TakenRows } from './take-rows.ts';
export { readEvents, type ReadEvent, type Refused } from './read-events.ts';
export { sortOut } from './sort-events.ts';
export {
  addressKey,
  endOldParking,
  endParking,
  hashesOf,
  holdParking,
  noteEvents,
  takeBudget,
  waitingFor,
} from './store-sent-events.ts';
export { endWait } from './store-events.ts';
export { erase, held } from './store-erase.ts';
export { searchVersions } from './store-redact.ts';
export { erasedAddresses, erasedOf, holdStoring } from './store-suppressed.ts';
export { peopleSharing } from './store-keys.ts';
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
export { parseOutboundMessage, type OutboundMessage } from './outbound-message.ts';
export { endFeed, loadReplay, noteFeed, saveReplay, takeFeed } from './store-feed.ts';
export { followChanges, longSalesforceId } from '#lib/crm/changes.ts';
